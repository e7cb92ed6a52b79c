import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { compiledKernels } from './index.ts'
import { place } from './testing/place.ts'

/** Says which kernels it has before it takes any in, afterwards, and what they compute. */
const OTHER_THREAD = `
  const { parentPort, workerData } = require('node:worker_threads')
  Promise.all(workerData.modules.map((url) => import(url))).then(([kernels, { place }]) => {
    const before = kernels.compiledKernels()
    kernels.adoptKernels(workerData.kernels)
    const adopted = kernels.compiledKernels() === workerData.kernels
    const word = place({}).kernels.philox(0, 0, 0)
    parentPort.postMessage({ before, adopted, isKept: kernels.compiledKernels() === workerData.kernels, word })
  })`

it('gives the kernels that were compiled in one thread to another', async () => {
  expect(compiledKernels()).toBeUndefined()
  const word = place({}).kernels.philox(0, 0, 0)
  const modules = ['./index.ts', './testing/place.ts'].map((file) => new URL(file, import.meta.url).href)
  const workerData = { kernels: compiledKernels(), modules }
  const [said] = await once(new Worker(OTHER_THREAD, { eval: true, workerData }), 'message')
  expect(said).toEqual({ before: undefined, adopted: true, isKept: true, word })
})
