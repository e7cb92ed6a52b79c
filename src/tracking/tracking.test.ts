import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { withTransaction, type Db, type Tx } from '../platform/index.ts'
import {
  createExperiment,
  createRun,
  deriveRunId,
  findExperiment,
  findRun,
  finishRun,
  getOrCreateExperiment,
  getRun,
  listRuns,
  logBatch,
  type Batch,
} from './index.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
let experimentId: string
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  experimentId = (await createExperiment(db, 'claims')).experimentId
})
afterAll(() => database.close())

const inTx = <T>(work: (tx: Tx) => Promise<T>) => withTransaction(db, work)
const newRun = (name = 'a run') => inTx((tx) => createRun(tx, { experimentId, name, startTimeMs: 1_000 }))
const log = (runId: string, batch: Batch) => inTx((tx) => logBatch(tx, runId, batch))
const points = async (runId: string) =>
  (await db.$client.query('select key, step, timestamp_ms, value from run_metrics where run_id = $1', [runId])).rows

describe('an experiment', () => {
  it('has 18 digits for an id and a name of its own', async () => {
    const created = await createExperiment(db, 'fraud')
    expect(created.experimentId).toMatch(/^[1-9]\d{17}$/)
    expect(await findExperiment(db, 'fraud')).toEqual(created)
    await expect(createExperiment(db, 'fraud')).rejects.toMatchObject({ code: 'EXPERIMENT_EXISTS' })
    expect(await findExperiment(db, 'unheard of')).toBeUndefined()
  })

  it('is made once by callers that want it at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => inTx((tx) => getOrCreateExperiment(tx, 'wanted'))))
    expect(new Set(made.map((experiment) => experiment.experimentId)).size).toBe(1)
  })
})

describe('createRun', () => {
  it('starts a run that MLflow would know by its name', async () => {
    const run = await inTx((tx) => createRun(tx, { experimentId, name: 'quick', userId: 'ada', tags: { stage: 'ci' } }))
    expect(run).toMatchObject({ experiment: 'claims', status: 'RUNNING', userId: 'ada', endTimeMs: null })
    expect(run.runId).toMatch(/^[0-9a-f]{32}$/)
    expect(run.tags).toEqual({ stage: 'ci', 'mlflow.runName': 'quick' })
    expect((await newRun()).userId).toBe('unknown')
  })

  it('answers the run that has the id already, unchanged', async () => {
    const runId = deriveRunId('pipeline run 1', 'log')
    const first = await inTx((tx) => createRun(tx, { experimentId, name: 'first', runId, startTimeMs: 5 }))
    const again = await inTx((tx) => createRun(tx, { experimentId, name: 'second', runId, tags: { x: 'y' } }))
    expect(again).toEqual(first)
  })

  it('refuses an id that another experiment has, a malformed id and an unknown experiment', async () => {
    const { runId } = await newRun()
    const other = await getOrCreateExperiment(db, 'other')
    const make = (run: { experimentId: string; runId?: string }) => inTx((tx) => createRun(tx, { name: 'x', ...run }))
    await expect(make({ ...other, runId })).rejects.toMatchObject({ code: 'RUN_ID_TAKEN' })
    await expect(make({ experimentId, runId: 'ABC' })).rejects.toMatchObject({ code: 'TRACKING_INVALID' })
    await expect(make({ experimentId: '1' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('derives the same id from the same names only', () => {
    expect(deriveRunId('a', 'b')).toBe(deriveRunId('a', 'b'))
    expect(deriveRunId('a', 'b')).not.toBe(deriveRunId('ab', ''))
    expect(deriveRunId('a')).toMatch(/^[0-9a-f]{32}$/)
  })
})

describe('logBatch', () => {
  it('changes nothing when it is repeated', async () => {
    const { runId } = await newRun()
    const batch: Batch = {
      params: { nTrees: 100, bootstrap: true, note: '' },
      metrics: [
        { key: 'auc', value: 0.8 },
        { key: 'loss', value: 0.5, step: 1, timestamp: 2_000 },
      ],
      tags: { seed: '42' },
    }
    await log(runId, batch)
    const first = await getRun(db, runId)
    await log(runId, batch)
    expect(await getRun(db, runId)).toEqual(first)
    expect(first.params).toEqual({ nTrees: '100', bootstrap: 'true', note: '' })
    expect(first.metrics).toEqual({ auc: 0.8, loss: 0.5 })
    expect(await points(runId)).toHaveLength(2)
    expect(await points(runId)).toContainEqual({ key: 'auc', step: 0, timestamp_ms: 1_000, value: 0.8 })
  })

  it('never changes a param, and nothing of the batch stays', async () => {
    const { runId } = await newRun()
    await log(runId, { params: { depth: 3 } })
    const change = log(runId, { params: { depth: 4, width: 2 }, tags: { late: 'yes' } })
    await expect(change).rejects.toMatchObject({
      code: 'PARAM_CHANGED',
      details: { key: 'depth', old: '3', given: '4' },
    })
    expect(await getRun(db, runId)).toMatchObject({ params: { depth: '3' }, tags: { 'mlflow.runName': 'a run' } })
  })

  it('lets one of two transactions that log different values of a param win', async () => {
    const { runId } = await newRun()
    const results = await Promise.allSettled([1, 2, 3].map((value) => log(runId, { params: { depth: value } })))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  })

  it('overwrites tags', async () => {
    const { runId } = await newRun()
    await log(runId, { tags: { state: 'one' } })
    await log(runId, { tags: { state: 'two' } })
    expect((await getRun(db, runId)).tags.state).toBe('two')
  })

  it('keeps NaN and caps infinities, as MLflow does', async () => {
    const { runId } = await newRun()
    await log(runId, {
      metrics: [
        { key: 'nan', value: NaN },
        { key: 'up', value: Infinity },
        { key: 'down', value: -Infinity },
      ],
    })
    const { metrics } = await getRun(db, runId)
    expect(metrics).toEqual({ nan: NaN, up: Number.MAX_VALUE, down: -Number.MAX_VALUE })
  })

  it('refuses keys and values out of MLflow’s limits, and an unknown run', async () => {
    const { runId } = await newRun()
    const tooMuch: Batch[] = [
      { params: { '': 1 } },
      { metrics: [{ key: 'k'.repeat(251), value: 1 }] },
      { tags: { ok: 'v'.repeat(6_001) } },
      { params: { ok: 'v'.repeat(6_001) } },
    ]
    for (const batch of tooMuch) await expect(log(runId, batch)).rejects.toMatchObject({ code: 'TRACKING_INVALID' })
    await expect(log('f'.repeat(32), {})).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('shows the point that is greatest by step, time and value, in whatever order and batches points come', async () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2, max: 2 }))
    const point = fc.record({
      key: fc.constantFrom('a', 'b'),
      step: fc.integer({ min: -1, max: 2 }),
      timestamp: fc.integer({ min: 0, max: 2 }),
      value: value.map((number) => number + 0), // PostgreSQL’s JSON has no negative zero
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(point, { maxLength: 6 }), { maxLength: 4 }), async (batches) => {
        const { runId } = await newRun()
        for (const metrics of batches) await log(runId, { metrics })
        const expected: Record<string, number> = {}
        for (const key of ['a', 'b']) {
          const own = batches.flat().filter((candidate) => candidate.key === key)
          own.sort((p, q) => p.step - q.step || p.timestamp - q.timestamp || p.value - q.value)
          if (own.length > 0) expected[key] = own.at(-1)!.value
        }
        expect((await getRun(db, runId)).metrics).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})

describe('finishRun', () => {
  it('keeps the first end of the same kind', async () => {
    const { runId } = await newRun()
    await finishRun(db, runId, { status: 'FINISHED', endTimeMs: 9_000 })
    await finishRun(db, runId, { status: 'FINISHED', endTimeMs: 9_999 })
    expect(await getRun(db, runId)).toMatchObject({ status: 'FINISHED', endTimeMs: 9_000 })
    await finishRun(db, runId, { status: 'FAILED', endTimeMs: 10_000 })
    expect(await getRun(db, runId)).toMatchObject({ status: 'FAILED', endTimeMs: 10_000 })
  })

  it('wants a run that exists', async () => {
    await expect(finishRun(db, '0'.repeat(32), { status: 'KILLED' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await findRun(db, '0'.repeat(32))).toBeUndefined()
  })
})

describe('listRuns', () => {
  it('pages through all runs once, newest first, also where starts are equal', async () => {
    const { experimentId } = await createExperiment(db, 'pages')
    for (const startTimeMs of [3, 1, 2, 2, 2])
      await inTx((tx) => createRun(tx, { experimentId, name: `at ${startTimeMs}`, startTimeMs }))
    for (const limit of [1, 2, 5, 6]) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listRuns(db, { experiment: 'pages', limit, cursor })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        seen.push(...page.items.map((run) => `${run.name} ${run.runId}`))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect(new Set(seen).size).toBe(5)
      expect(seen).toEqual(seen.toSorted().toReversed())
    }
  })

  it('is empty for an experiment without runs and refuses a foreign cursor', async () => {
    expect(await listRuns(db, { experiment: 'none', limit: 5 })).toEqual({ items: [], nextCursor: null })
    await expect(listRuns(db, { limit: 5, cursor: 'abc' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' })
  })
})
