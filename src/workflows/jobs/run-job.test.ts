import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlgorithmName } from '../../learn/index.ts'
import type { Measure, Series } from '../../pipelines/index.ts'
import { resolveProject } from '../project/load-project.ts'
import type { ResolvedProject } from '../project/index.ts'
import { checkJob } from './check.ts'
import { crossValidateJob } from './cross-validate.ts'
import { ingestJob } from './ingest.ts'
import type { Job } from './job.ts'
import { readFolds } from './training/read-folds.ts'
import { runJob } from './run-job.ts'
import { trainJob } from './train.ts'

let folder: string
let project: ResolvedProject
const context = () => ({ signal: new AbortController().signal, log: () => {}, progress: () => {} })

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-jobs-'))
  project = await resolveProject(
    {
      name: 'p',
      model: 'm',
      data: { kind: 'synthetic', n: 1_500, seed: 1 },
      target: 'outcome',
      training: { options: { random_forest: { nTrees: 12 }, gradient_boosting: { nTrees: 4 } } },
    },
    { folder, file: 'assay.yaml' },
  )
})
afterAll(() => fs.rm(folder, { recursive: true, force: true }))

const artifactDir = () => path.join(folder, 'artifacts')

test(
  'the same input gives the same model bytes, with one thread and with two, run after run',
  { timeout: 60_000 },
  async () => {
    const dataset = await runJob(ingestJob, { settings: project, artifactDir: artifactDir() }, context())
    const train = (nThreads: number) =>
      runJob(trainJob, { project, dataset, artifactDir: artifactDir(), nThreads }, context())
    const artifacts = [(await train(1)).artifact, (await train(2)).artifact, (await train(2)).artifact]
    expect(new Set(artifacts).size).toBe(1)
  },
)

test('a branch tells the scores of its folds as they come, and boosting its curve', { timeout: 60_000 }, async () => {
  const { told, tried } = await tryBranch('gradient_boosting')
  const of = (over: string, metric: string) =>
    told.filter(({ series }) => series.over === over && series.metric === metric)
  const { scores } = tried
  expect(of('fold', 'rocAuc').map(({ x, y }) => [x, y])).toEqual(scores.cv.rocAuc.folds.map((auc, k) => [k + 1, auc]))
  const curve = of('trees', 'logLoss').filter(({ series }) => series.on === 'training')
  expect(curve.map(({ series, x }) => [series.fold, x])).toEqual(
    [1, 2, 3, 4, 5].flatMap((fold) => [1, 2, 3, 4].map((x) => [fold, x])),
  )
  expect(curve[0].series).toMatchObject({ subject: 'gradient_boosting', on: 'training', last: 4 })
  const unseen = of('trees', 'logLoss').filter(({ series, x }) => series.on === 'validation' && x === 4)
  expect(unseen.map(({ series }) => series.fold)).toEqual([1, 2, 3, 4, 5])
  unseen.forEach(({ y }, k) => expect(y).toBeCloseTo(scores.cv.logLoss.folds[k], 12))
})

/** One algorithm of the project over the folds, with what it measured. */
async function tryBranch(algorithm: AlgorithmName, nThreads = 1) {
  const dataset = await runJob(ingestJob, { settings: project, artifactDir: artifactDir() }, context())
  const told: { series: Series; x: number; y: number }[] = []
  const measure: Measure = (series, x, y) => void told.push({ series, x, y })
  const input = { project, dataset, artifactDir: artifactDir(), nThreads, algorithm }
  return { told, dataset, tried: await runJob(crossValidateJob, input, { ...context(), measure }) }
}

test('a training that would not fit into the memory given is refused before it starts', async () => {
  const dataset = await runJob(ingestJob, { settings: project, artifactDir: artifactDir() }, context())
  const input = { project, dataset, artifactDir: artifactDir(), nThreads: 1, memoryBytes: 50e6 }
  await expect(runJob(trainJob, input, context())).rejects.toMatchObject({ code: 'TABLE_TOO_LARGE' })
  const trying = runJob(crossValidateJob, { ...input, algorithm: 'gradient_boosting' }, context())
  await expect(trying).rejects.toThrow('the limit is 0.05 GB of memory that this training may take')
})

test('a job reports its progress, and its coded errors come back as they were', async () => {
  const seen: string[] = []
  const progress = (_done: number, _total: number, text: string) => void seen.push(text)
  const { checks } = await runJob(
    checkJob,
    { project, artifactDir: artifactDir(), nThreads: 1 },
    { ...context(), progress },
  )
  expect(checks.map((check) => [check.name, check.passed])).toEqual([
    ['configuration', true],
    ['contract', true],
    ['feature pipeline', true],
  ])
  expect(seen).toContain('contract')
  const missing = {
    ...project,
    data: { kind: 'csv' as const, path: path.join(folder, 'none.csv') },
  }
  await expect(runJob(ingestJob, { settings: missing, artifactDir: artifactDir() }, context())).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('aborting ends the process of a job at once', async () => {
  const abort = new AbortController()
  const running = runJob(
    checkJob,
    { project, artifactDir: artifactDir(), nThreads: 1 },
    { ...context(), signal: abort.signal, progress: () => abort.abort(new Error('stop')) },
  )
  await expect(running).rejects.toThrow('stop')
})

test('a process that is killed from outside is a coded error', async () => {
  const onStart = (pid: number) => void process.kill(pid, 'SIGKILL')
  await expect(
    runJob(checkJob, { project, artifactDir: artifactDir(), nThreads: 1 }, { ...context(), onStart }),
  ).rejects.toMatchObject({
    code: 'JOB_DIED',
    message: expect.stringContaining('SIGKILL'),
  })
})

test('a job nobody knows is refused by the child', async () => {
  const unknown: Job<object, number> = { name: 'none', run: async () => 0 }
  await expect(runJob(unknown, {}, context())).rejects.toThrow('no job named none')
})

test('given folds are read by the row of the source, gzipped or not, and a hole in them is named', async () => {
  const file = path.join(folder, 'folds.csv')
  await fs.writeFile(file, 'row,fold,y\n0,1,0\n1,0,1\n3,2,0\n')
  expect([...(await readFolds(file, Int32Array.of(3, 0, 1)))]).toEqual([2, 1, 0])
  await expect(readFolds(file, Int32Array.of(2))).rejects.toMatchObject({
    code: 'FOLDS_INVALID',
    message: expect.stringContaining('row 2'),
  })
  await fs.writeFile(file, 'a,b\n1,2\n')
  await expect(readFolds(file, Int32Array.of(0))).rejects.toMatchObject({ code: 'FOLDS_INVALID' })
  await expect(readFolds(path.join(folder, 'no.csv'), Int32Array.of(0))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
