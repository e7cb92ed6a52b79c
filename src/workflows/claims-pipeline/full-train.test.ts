import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import type { AlgorithmName } from '../../learn/index.ts'
import type { Series, StepContext } from '../../pipelines/index.ts'
import { withTransaction } from '../../platform/index.ts'
import { ingestJob, type IngestOutput } from '../jobs/ingest.ts'
import type { TrainOutput } from '../jobs/train.ts'
import { runJob } from '../jobs/run-job.ts'
import { resolveProject } from '../project/load-project.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { StageDeps } from './deps.ts'
import { fullTrain } from './full-train.ts'
import { MemoryShares } from './memory-shares.ts'
import { branchName } from './stage-results.ts'
import { trainBranch } from './train-branch.ts'

let folder: string
let database: Awaited<ReturnType<typeof createTestDatabase>>
let project: ResolvedProject
let dataset: IngestOutput
let deps: StageDeps

const algorithms: AlgorithmName[] = ['random_forest', 'logistic_regression', 'gradient_boosting']

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-branches-'))
  project = await resolveProject(
    {
      name: 'p',
      model: 'm',
      data: { kind: 'synthetic', n: 800, seed: 1 },
      target: 'outcome',
      training: {
        algorithms,
        nFolds: 3,
        calibration: 'platt',
        options: { random_forest: { nTrees: 12 }, gradient_boosting: { nTrees: 6 } },
      },
    },
    { folder, file: 'assay.yaml' },
  )
  const artifactDir = path.join(folder, 'artifacts')
  // The stages need no more of what they are given.
  deps = { db: database.db, config: { threads: 3, artifactDir, dataRoots: [] } } as Partial<StageDeps> as StageDeps
  dataset = await runJob(ingestJob, { settings: project, artifactDir }, contextOf({}))
}, 60_000)
afterAll(async () => {
  await database.close()
  await fs.rm(folder, { recursive: true, force: true })
})

let nRuns = 0

/** What a stage gets, in a run of its own, once the stages before it have given these outputs. */
function contextOf(branches: StepContext['inputs'], more: Partial<StepContext> = {}): StepContext {
  const id = `run-${++nRuns}`
  return {
    run: { id, actor: 'tester', commit: null, configuration: project } as Partial<StepContext['run']>,
    inputs: { data_validation: dataset, ...branches },
    attempt: 1,
    db: database.db,
    signal: new AbortController().signal,
    log: () => {},
    progress: () => {},
    measure: () => {},
    effect: (_key, work) => withTransaction(database.db, work),
    ...more,
  } as StepContext
}

const told = ({ leaderboard, ...trained }: TrainOutput) => ({
  ...trained,
  trackingRunId: undefined,
  leaderboard: leaderboard.map(({ durationMs: _, ...scores }) => scores),
})

test('branches at once, of a thread each, give the model and the leaderboard of one after the other', async () => {
  const measured: Record<string, Series[]> = {}
  const branches = await Promise.all(
    algorithms.map(async (algorithm) => {
      const measure = (series: Series) => void (measured[algorithm] ??= []).push(series)
      const { outputs } = await trainBranch(deps, algorithm, new MemoryShares(() => 64e9))(contextOf({}, { measure }))
      return [branchName(algorithm), outputs] as const
    }),
  )
  const together = await fullTrain(deps)(contextOf(Object.fromEntries(branches)))
  const inTurn = await fullTrain(deps)(contextOf({}))
  expect(told(together.outputs as TrainOutput)).toEqual(told(inTurn.outputs as TrainOutput))
  expect((together.outputs as TrainOutput).leaderboard).toHaveLength(3)
  for (const algorithm of algorithms)
    expect(new Set(measured[algorithm].map(({ subject }) => subject))).toEqual(new Set([algorithm]))
  // Scores of rows are in artifacts: a branch hands on a digest.
  expect(branches.map(([, { outOfFold }]) => outOfFold)).toEqual(Array(3).fill(expect.stringMatching(/^[0-9a-f]{64}$/)))
  expect(JSON.stringify(branches).length).toBeLessThan(5_000)
}, 90_000)

/** A branch with what it logs. */
function branchWith(memory: Pick<MemoryShares, 'take'>, algorithm: AlgorithmName) {
  const logged: string[] = []
  const context = contextOf({}, { log: (_, text) => void logged.push(text) })
  return { logged, end: trainBranch(deps, algorithm, memory)(context) }
}

test('branches that do not fit side by side run one after the other, and say so', { timeout: 60_000 }, async () => {
  // A process takes some 300 MB, whatever it learns from.
  const memory = new MemoryShares(() => 500e6)
  const branches = (['logistic_regression', 'random_forest'] as const).map((name) => branchWith(memory, name))
  for (const { end } of branches) expect(await end).toMatchObject({ kind: 'done' })
  expect(branches[0].logged.join()).not.toContain('Waits')
  expect(branches[1].logged[0]).toMatch(
    /^Waits for memory: it takes about 0\.27\d* GB, and 0\.2\d* GB of 0\.5 GB are left beside logistic_regression\. It runs when they end\.$/,
  )
})

test(
  'a branch that was refused beside others is tried alone, and refused if it does not fit alone',
  { timeout: 60_000 },
  async () => {
    const shares = [
      { limitBytes: 50e6, isAlone: false },
      { limitBytes: 64e9, isAlone: true },
    ]
    const asked: number[] = []
    const given: string[] = []
    const memory = {
      take: async ({ bytes }: { bytes: number }) => {
        asked.push(bytes)
        return { ...shares[asked.length - 1], giveBack: () => void given.push('back') }
      },
    }
    const branch = branchWith(memory, 'logistic_regression')
    expect(await branch.end).toMatchObject({ kind: 'done' })
    expect(branch.logged[0]).toMatch(
      /^logistic_regression does not fit beside the other branches; it is tried again alone\. A table of \d+ rows/,
    )
    expect(asked).toEqual([expect.any(Number), Infinity])
    expect(given).toEqual(['back', 'back'])
    const alone = branchWith(new MemoryShares(() => 100e6), 'logistic_regression')
    await expect(alone.end).rejects.toMatchObject({ code: 'TABLE_TOO_LARGE' })
  },
)

test('cancelling ends the processes of all branches', async () => {
  const cancelled = new AbortController()
  const pids: number[] = []
  const options = { random_forest: { nTrees: 5_000 }, gradient_boosting: { nTrees: 5_000 } }
  const slow = { ...project, training: { ...project.training, options } }
  const atWork = (['random_forest', 'gradient_boosting'] as const).map((algorithm) => {
    const begun = Promise.withResolvers<void>()
    const more = {
      run: { ...contextOf({}).run, configuration: slow },
      signal: cancelled.signal,
      progress: () => begun.resolve(),
      onStart: (pid: number) => void pids.push(pid),
    }
    return {
      begun: begun.promise,
      end: trainBranch(deps, algorithm, new MemoryShares(() => 64e9))(contextOf({}, more)),
    }
  })
  const ends = Promise.allSettled(atWork.map(({ end }) => end))
  await Promise.all(atWork.map(({ begun, end }) => Promise.race([begun, end])))
  cancelled.abort(new Error('cancelled'))
  for (const end of await ends) expect(end).toMatchObject({ status: 'rejected', reason: { message: 'cancelled' } })
  expect(pids).toHaveLength(2)
  await expect.poll(() => pids.filter(isAlive)).toEqual([])
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
