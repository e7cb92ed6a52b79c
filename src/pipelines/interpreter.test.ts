import { afterAll, beforeAll, expect, test } from 'vitest'
import { AssayError } from '../errors/index.ts'
import { openListener, withTransaction, type Db, type Listener } from '../platform/index.ts'
import { createTestDatabase } from '../../test/database.ts'
import { cancelRun, continueRun, resolveWait, retryRun, startRun } from './course.ts'
import { snapshot, type PipelineDefinition, type StepDefinition, type StepOutcome } from './definition.ts'
import { createInterpreter } from './interpreter.ts'
import { listSteps, getRun } from './store.ts'
import { readLog } from './step-log.ts'
import { runDetail } from './views.ts'
import { readMeasurements } from './measurements/measurements.ts'
import type { Series } from './schemas.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
let listener: Listener
let nRuns = 0

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  listener = await openListener(database.connection)
})
afterAll(async () => {
  await listener.close()
  await database.close()
})

const done = (outputs: Record<string, unknown> = {}): StepOutcome => ({ kind: 'done', outputs })

function step(
  name: string,
  needs: string[],
  run: StepDefinition['run'],
  more: Partial<StepDefinition> = {},
): StepDefinition {
  return {
    name,
    title: name,
    description: name,
    group: 'CI',
    role: 'data engineer',
    needs,
    retries: 0,
    timeoutMs: 10_000,
    source: new URL(import.meta.url),
    run,
    ...more,
  }
}

/** A pipeline on a queue kept in memory, so that a test decides when and how often a call is delivered. */
function walk(steps: StepDefinition[]) {
  const definition: PipelineDefinition = { name: 'p', version: 1, groups: ['CI', 'CD'], steps }
  const queue: { runId: string; step: string; attempt: number }[] = []
  const engine = {
    async enqueue(_: unknown, call: { args: Record<string, string | number> }) {
      queue.push(call.args as never)
    },
  }
  const interpreter = createInterpreter({
    db,
    engine: () => engine,
    listener,
    definitions: [definition],
    log: { error() {} },
  })
  const runId = `run-${++nRuns}`
  return {
    runId,
    queue,
    engine,
    interpreter,
    start: (untilGroup: string | null = null) =>
      withTransaction(db, (tx) =>
        startRun(tx, engine, {
          id: runId,
          pipeline: 'p',
          definition: snapshot(definition),
          project: 'test',
          configuration: {},
          model: 'm',
          trigger: 'api',
          actor: 'tester',
          commit: null,
          untilGroup,
        }),
      ),
    async drain() {
      while (queue.length > 0) await Promise.all(queue.splice(0).map((call) => interpreter.deliver(call)))
      return (await getRun(db, runId)).state
    },
    states: async () => Object.fromEntries((await listSteps(db, runId)).map((s) => [s.name, s.state])),
  }
}

test('runs the steps in the order of their needs and hands on their outputs', async () => {
  const seen: string[] = []
  const w = walk([
    step('a', [], async () => done({ n: 1 })),
    step('b', ['a'], async ({ inputs }) => done({ n: (inputs.a.n as number) + 1 })),
    step('c', ['a'], async ({ log }) => (log('info', 'hello'), done())),
    step('d', ['b', 'c'], async ({ inputs }) => (seen.push(JSON.stringify(inputs.b)), done())),
  ])
  await w.start()
  expect(await w.drain()).toBe('succeeded')
  expect(seen).toEqual(['{"n":2}'])
  expect((await readLog(db, { runId: w.runId, after: 0, limit: 10 })).map((l) => [l.seq, l.step, l.text])).toEqual([
    [1, 'c', 'hello'],
  ])
})

test('makes an effect once, however often its call is delivered', async () => {
  let bodies = 0
  let effects = 0
  const w = walk([
    step(
      'a',
      [],
      async ({ effect }) => {
        bodies++
        const id = await effect('make', async () => ++effects)
        if (bodies === 1) throw new Error('killed after the effect')
        return done({ id })
      },
      { retries: 1 },
    ),
  ])
  await w.start()
  const call = w.queue[0]
  expect(await w.drain()).toBe('succeeded')
  await w.interpreter.deliver(call)
  expect({ bodies, effects }).toEqual({ bodies: 2, effects: 1 })
})

test('two deliveries of one call at once end the step once', async () => {
  let commits = 0
  const w = walk([
    step('a', [], async () => ({ kind: 'done', outputs: {}, commit: async () => void commits++ })),
    step('b', ['a'], async () => done()),
  ])
  await w.start()
  const [call] = w.queue.splice(0)
  await Promise.all([w.interpreter.deliver(call), w.interpreter.deliver(call)])
  expect(commits).toBe(1)
  expect(w.queue.map((c) => c.step)).toEqual(['b'])
})

test('a failed step ends the run, and a retry goes on there without repeating what is done', async () => {
  let broken = true
  const ran: string[] = []
  const w = walk([
    step('a', [], async () => (ran.push('a'), done())),
    step('b', ['a'], async () => {
      ran.push('b')
      if (broken) throw new AssayError('NOT_FOUND', { what: 'File', id: 'x.csv' })
      return done()
    }),
  ])
  await w.start()
  expect(await w.drain()).toBe('failed')
  expect((await getRun(db, w.runId)).failure).toEqual({
    step: 'b',
    code: 'NOT_FOUND',
    message: 'File x.csv does not exist.',
  })
  broken = false
  await withTransaction(db, (tx) => retryRun(tx, w.engine, w.runId))
  expect(await w.drain()).toBe('succeeded')
  expect(ran).toEqual(['a', 'b', 'b'])
})

test('a waiting step parks the run until it is resolved', async () => {
  const w = walk([
    step('ask', [], async () => ({ kind: 'waiting', outputs: { asked: true } })),
    step('after', ['ask'], async ({ inputs }) => done(inputs.ask)),
  ])
  await w.start()
  expect(await w.drain()).toBe('waiting')
  expect((await getRun(db, w.runId)).waitingFor).toBe('ask')
  await withTransaction(db, (tx) =>
    resolveWait(tx, w.engine, { runId: w.runId, step: 'ask', actor: 'rita', outputs: { by: 'rita' } }),
  )
  expect(await w.drain()).toBe('succeeded')
  expect((await listSteps(db, w.runId)).find((s) => s.name === 'after')!.outputs).toEqual({ asked: true, by: 'rita' })
  await expect(
    withTransaction(db, (tx) => resolveWait(tx, w.engine, { runId: w.runId, step: 'ask', actor: 'rita' })),
  ).rejects.toMatchObject({ code: 'STEP_NOT_WAITING' })
})

test('a blocked gate fails the step and keeps what it found', async () => {
  const w = walk([step('a', [], async () => ({ kind: 'blocked', outputs: { auc: 0.4 }, reason: 'AUC is 0.4' }))])
  await w.start()
  expect(await w.drain()).toBe('failed')
  expect((await listSteps(db, w.runId))[0]).toMatchObject({ outputs: { auc: 0.4 }, error: { code: 'GATE_BLOCKED' } })
})

test('cancel stops a running step, and what follows never starts', async () => {
  let started!: () => void
  const isStarted = new Promise<void>((resolve) => (started = resolve))
  const w = walk([
    step('long', [], ({ signal }) => {
      started()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }),
    step('after', ['long'], async () => done()),
  ])
  await w.start()
  const running = w.drain()
  await isStarted
  await withTransaction(db, (tx) => cancelRun(tx, w.engine, { runId: w.runId, actor: 'tester' }))
  expect(await running).toBe('cancelled')
  expect(await w.states()).toEqual({ long: 'cancelled', after: 'cancelled' })
  await expect(
    withTransaction(db, (tx) => cancelRun(tx, w.engine, { runId: w.runId, actor: 'tester' })),
  ).rejects.toMatchObject({ code: 'RUN_FINISHED' })
})

/** A step of two branches: `fails` says which of them does, as long as it holds. */
function branched(fails: { branch?: string }, ran: string[] = []) {
  const branch = (name: string) =>
    step(
      name,
      [],
      async () => {
        ran.push(name)
        if (fails.branch === name) throw new AssayError('NOT_FOUND', { what: 'File', id: name })
        return done({ of: name })
      },
      { branchOf: 'join' },
    )
  const join = step(
    'join',
    ['one', 'two'],
    async ({ inputs }) => (ran.push('join'), done({ all: Object.keys(inputs) })),
  )
  return walk([branch('one'), branch('two'), join])
}

test('a branch that fails fails its step with its reason; a retry runs it alone, and the step', async () => {
  const fails: { branch?: string } = { branch: 'two' }
  const ran: string[] = []
  const w = branched(fails, ran)
  await w.start()
  expect(await w.drain()).toBe('failed')
  const failed = await runDetail(db, w.runId)
  expect(failed.failure).toEqual({ step: 'two', code: 'NOT_FOUND', message: 'File two does not exist.' })
  expect(failed.steps).toMatchObject([
    { name: 'join', state: 'failed', needs: [], error: { code: 'NOT_FOUND', message: 'File two does not exist.' } },
  ])
  expect(failed.steps[0].branches.map(({ name, state }) => [name, state])).toEqual([
    ['one', 'succeeded'],
    ['two', 'failed'],
  ])
  delete fails.branch
  await withTransaction(db, (tx) => retryRun(tx, w.engine, w.runId))
  expect(await w.drain()).toBe('succeeded')
  expect(ran).toEqual(['one', 'two', 'two', 'join'])
  expect((await runDetail(db, w.runId)).steps).toMatchObject([{ name: 'join', state: 'succeeded', error: null }])
})

test('cancel ends every branch that runs', async () => {
  const aborted: string[] = []
  const started: string[] = []
  const branch = (name: string) =>
    step(
      name,
      [],
      ({ signal }) => {
        started.push(name)
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => (aborted.push(name), reject(signal.reason))),
        )
      },
      { branchOf: 'join' },
    )
  const w = walk([branch('one'), branch('two'), step('join', ['one', 'two'], async () => done())])
  await w.start()
  const running = w.drain()
  await expect.poll(() => started.toSorted()).toEqual(['one', 'two'])
  expect((await runDetail(db, w.runId)).steps[0]).toMatchObject({ state: 'running', startedAt: expect.any(String) })
  await withTransaction(db, (tx) => cancelRun(tx, w.engine, { runId: w.runId, actor: 'tester' }))
  expect(await running).toBe('cancelled')
  expect(aborted.toSorted()).toEqual(['one', 'two'])
  expect((await runDetail(db, w.runId)).steps[0].state).toBe('cancelled')
})

test('what a step measured is kept with its attempt, also when it failed', async () => {
  const series: Series = { subject: 'forest', metric: 'rocAuc', over: 'fold', on: 'validation' }
  const w = walk([
    step('a', [], async ({ measure, attempt }) => {
      measure(series, 1, attempt / 10)
      if (attempt === 1) throw new AssayError('NOT_FOUND', { what: 'File', id: 'x' })
      return done()
    }),
  ])
  await w.start()
  expect(await w.drain()).toBe('failed')
  await withTransaction(db, (tx) => retryRun(tx, w.engine, w.runId))
  expect(await w.drain()).toBe('succeeded')
  const measured = await readMeasurements(db, { runId: w.runId, after: 0, limit: 10 })
  expect(measured.map(({ seq, step, attempt, points }) => ({ seq, step, attempt, points }))).toEqual([
    { seq: 1, step: 'a', attempt: 1, points: [[1, 0.1]] },
    { seq: 2, step: 'a', attempt: 2, points: [[1, 0.2]] },
  ])
})

test('a step that takes too long fails by its time-out', async () => {
  const w = walk([step('slow', [], () => new Promise(() => {}), { timeoutMs: 30 })])
  await w.start()
  expect(await w.drain()).toBe('failed')
  expect((await getRun(db, w.runId)).failure?.code).toBe('STEP_TIMEOUT')
})

test('a CI run ends alone and continues with CD on the same run', async () => {
  const w = walk([step('a', [], async () => done()), step('b', ['a'], async () => done(), { group: 'CD' })])
  await w.start('CI')
  expect(await w.drain()).toBe('succeeded')
  expect(await w.states()).toEqual({ a: 'succeeded', b: 'pending' })
  await withTransaction(db, (tx) => continueRun(tx, w.engine, w.runId))
  expect(await w.drain()).toBe('succeeded')
  expect(await w.states()).toEqual({ a: 'succeeded', b: 'succeeded' })
  await expect(withTransaction(db, (tx) => continueRun(tx, w.engine, w.runId))).rejects.toMatchObject({
    code: 'RUN_NOT_CONTINUABLE',
  })
  await expect(withTransaction(db, (tx) => retryRun(tx, w.engine, w.runId))).rejects.toMatchObject({
    code: 'RUN_NOT_RETRYABLE',
  })
})
