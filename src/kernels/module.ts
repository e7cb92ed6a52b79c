import { readFileSync } from 'node:fs'
import { digestIn, sourceDigest } from './source-digest.ts'

/** Address of a byte in the memory the kernels were instantiated over. */
export type Address = number

/**
 * The exported functions of `wasm/index.ts`; each is documented there. They trust their caller: sizes and ranges are
 * checked by whoever owns the memory, once, not here. Several instances may work on one memory at the same time as long
 * as they write to different places.
 */
export type Kernels = {
  binNumber(value: number, edges: Address, nEdges: number): number
  binNumbers(...args: [values: Address, n: number, edges: Address, nEdges: number, out: Address, stride: number]): void
  arrive(barrier: Address, nThreads: number): void
  bundleRows(job: Address, scratch: Address, begin: number, end: number): void
  boostTree(job: Address, thread: number): void
  binFloats(
    ...args: [
      values: Address,
      n: number,
      edges: Address,
      nEdges: number,
      missing: number,
      scratch: Address,
      out: Address,
      stride: number,
    ]
  ): void
  columnEdges(...args: [values: Address, n: number, maxBins: number, scratch: Address, edges: Address]): number
  placeBins(values: Address, n: number, out: Address, stride: number): void
  evaluateRow(forest: Address, row: Address): number
  evaluateRows(forest: Address, rows: Address, n: number, out: Address): void
  growTree(job: Address): void
  philox(key: number, low: number, high: number): bigint
  shapAgainstBackground(job: Address): void
  shapInteractions(job: Address): void
  shapValues(job: Address): void
  sumByMasks(masks: Address, rows: Address, n: number, out: Address): void
  sumRowByMasks(masks: Address, row: Address): number
}

/** The compiled kernels; structured clone shares them among threads. */
export type KernelModule = WebAssembly.Module

let compiled: KernelModule | undefined

/** The kernels over this memory, which must be shared. The module is read and compiled once in a thread. */
export function instantiateKernels(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(readModule())
  const abort = (): never => {
    throw new Error('A kernel reached a place it must not reach: its caller broke a rule.')
  }
  const instance = new WebAssembly.Instance(compiled, { env: { memory, abort } })
  return instance.exports as unknown as Kernels
}

/** The module, as another thread takes it in; undefined where nothing was compiled in this one yet. */
export function compiledKernels(): KernelModule | undefined {
  return compiled
}

/** Takes in what another thread of this process has compiled and checked, so that this one need not; before the first kernels. */
export function adoptKernels(module: KernelModule | undefined): void {
  compiled ??= module
  isChecked ||= module !== undefined
}

let isChecked = false

/**
 * Compares the module with the sources beside it, once in a thread. Who makes a memory asks for it, so that the threads that work
 * on the memory need not ask again: it takes 5 ms.
 * @throws Error when the module is not built, or was built from other sources
 */
export function checkModule(): void {
  if (isChecked) return
  checkDigest(digestIn(readModule()), sourceDigest())
  isChecked = true
}

/** @param wanted the digest of the sources, undefined where there are none to compare with */
export function checkDigest(given: string | undefined, wanted: string | undefined): void {
  if (wanted === undefined || given === wanted) return
  const builtFrom = given === undefined ? 'do not say which sources they were built from' : `were built from ${given}`
  throw new Error(
    `The learning kernels are stale: they ${builtFrom}, and src/kernels/wasm is ${wanted}. Run npm run build:kernels.`,
  )
}

function readModule(): Uint8Array<ArrayBuffer> {
  const url = new URL('../../build/kernels.wasm', import.meta.url)
  try {
    return new Uint8Array(readFileSync(url))
  } catch (cause) {
    throw new Error(`The learning kernels are not built: ${url.pathname} cannot be read. Run npm run build:kernels.`, {
      cause,
    })
  }
}
