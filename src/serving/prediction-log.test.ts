import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { createPredictionIds } from './prediction-id.ts'
import {
  openPredictionLog,
  type LoggedPrediction,
  type PredictionLog,
  type PredictionLogOptions,
} from './prediction-log.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
const open: PredictionLog[] = []
const nextId = createPredictionIds(Date.now)

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  for (const log of open) await log.close()
  await database.close()
})

function openLog(options: Partial<PredictionLogOptions> = {}): PredictionLog {
  const log = openPredictionLog({ connection: database.connection, ...options })
  open.push(log)
  return log
}

function line(change: Partial<LoggedPrediction> = {}): LoggedPrediction {
  return {
    ...nextId(),
    model: 'claims',
    version: '1.0.0',
    variant: 'champion',
    source: 'api',
    actor: 'local',
    sealed: Buffer.from('sealed'),
    subject: null,
    inputDigest: 'd'.repeat(64),
    score: 0.1 + 0.2,
    decision: 'approve',
    latencyUs: 12,
    mirrors: null,
    error: null,
    ...change,
  }
}

async function stored(
  lines: LoggedPrediction[],
): Promise<{ id: string; at: Date; score: number; transaction: string }[]> {
  const { rows } = await database.db.$client.query(
    'select id, at, score, xmin::text as transaction from predictions where id = any($1) order by id',
    [lines.map(({ id }) => id)],
  )
  return rows
}

/** Holds the table so that no insert ends until `release`. */
async function blockInserts(): Promise<{
  nWaiting(): Promise<number>
  terminateWaiting(): Promise<void>
  release(): Promise<void>
}> {
  const client = await database.db.$client.connect()
  await client.query('begin; lock table predictions in access exclusive mode')
  const waiting = `from pg_stat_activity where datname = current_database() and application_name = 'assay prediction log' and wait_event_type = 'Lock'`
  return {
    nWaiting: async () => (await database.db.$client.query(`select count(*) as n ${waiting}`)).rows[0].n,
    terminateWaiting: async () => void (await database.db.$client.query(`select pg_terminate_backend(pid) ${waiting}`)),
    async release() {
      await client.query('rollback')
      client.release()
    },
  }
}

test('what comes at the same time shares transactions, and everything is there when its promise resolves', async () => {
  const log = openLog()
  const lines = Array.from({ length: 200 }, () => line())
  const found = await Promise.all(
    lines.map(async (one) => {
      await log.append([one])
      return stored([one])
    }),
  )
  expect(found.flat().map(({ id }) => id)).toEqual(lines.map(({ id }) => id))
  const transactions = new Set((await stored(lines)).map(({ transaction }) => transaction))
  expect(transactions.size).toBeLessThan(20)
})

test('scores keep their 64 bits and times their milliseconds', async () => {
  const log = openLog()
  const scores = [0.1 + 0.2, 1 / 3, Number.MIN_VALUE, 1 - Number.EPSILON / 2, 0, 1]
  const lines = scores.map((score) => line({ score }))
  await log.append(lines)
  const rows = await stored(lines)
  expect(rows.map(({ score }) => score)).toEqual(scores)
  expect(rows.map(({ at }) => at.getTime())).toEqual(lines.map(({ atMs }) => atMs))
})

test('nothing is acknowledged before its commit', async () => {
  const log = openLog()
  const blocked = await blockInserts()
  let isAcknowledged = false
  const lines = [line()]
  const append = log.append(lines).then(() => (isAcknowledged = true))
  await vi.waitUntil(() => blocked.nWaiting(), { interval: 5 })
  expect(isAcknowledged).toBe(false)
  await blocked.release()
  await append
  expect(await stored(lines)).toHaveLength(1)
})

test('a connection that breaks in the middle of a write fails its lines, which are not there, and the next write succeeds', async () => {
  const log = openLog()
  const blocked = await blockInserts()
  const lines = [line(), line()]
  const append = Promise.allSettled(lines.map((one) => log.append([one])))
  await vi.waitUntil(() => blocked.nWaiting(), { interval: 5 })
  await blocked.terminateWaiting()
  for (const result of await append)
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { code: 'PREDICTION_LOG_UNAVAILABLE', kind: 'unavailable' },
    })
  await blocked.release()
  expect(await stored(lines)).toEqual([])
  const next = [line()]
  await log.append(next)
  expect(await stored(next)).toHaveLength(1)
})

test('a write that is not confirmed in time is not acknowledged', async () => {
  const log = openLog({ writeTimeoutMs: 100 })
  const blocked = await blockInserts()
  await expect(log.append([line()])).rejects.toMatchObject({ code: 'PREDICTION_LOG_UNAVAILABLE' })
  await blocked.terminateWaiting()
  await blocked.release()
})

test('when lines pile up the log refuses more, and takes them again once they are written', async () => {
  const log = openLog({ maxRows: 3 })
  const blocked = await blockInserts()
  const lines = [line(), line(), line()]
  const appends = Promise.all(lines.map((one) => log.append([one])))
  expect(log.fill).toBe(1)
  expect(() => log.checkRoom(1)).toThrow('3 predictions wait to be logged and 3 is the bound')
  await expect(log.append([line()])).rejects.toMatchObject({ code: 'PREDICTION_LOG_FULL', kind: 'unavailable' })
  await blocked.release()
  await appends
  expect(await stored(lines)).toHaveLength(3)
  await vi.waitUntil(() => log.fill === 0, { interval: 1 })
  await log.append([line()])
})

test('without a database nothing is acknowledged', async () => {
  const log = openLog({ connection: { host: '/nowhere', user: 'nobody', database: 'none' } })
  await expect(log.append([line()])).rejects.toMatchObject({ code: 'PREDICTION_LOG_UNAVAILABLE' })
})

test('a line that the database refuses does not take its neighbours with it', async () => {
  const log = openLog()
  const lines = [line(), line({ actor: '\u0000' }), line({ sealed: null }), line()]
  const results = await Promise.allSettled(lines.map((one) => log.append([one])))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
  expect(await stored(lines)).toHaveLength(2)
})

test('a line lands in the partition of its day, and one without a partition in the default one', async () => {
  const log = openLog()
  const old = createPredictionIds(() => Date.UTC(2020, 0, 1))()
  const lines = [line(), line(old)]
  await log.append(lines)
  const { rows } = await database.db.$client.query(
    'select tableoid::regclass::text as partition from predictions where id = any($1) order by at desc',
    [lines.map(({ id }) => id)],
  )
  const today = new Date(lines[0].atMs).toISOString().slice(0, 10).replaceAll('-', '')
  expect(rows.map(({ partition }) => partition)).toEqual([`predictions_${today}`, 'predictions_default'])
})

test('a commit waits for the disk, whatever the default of the database is', async () => {
  const { rows } = await database.db.$client.query('select current_database() as name')
  const [{ name }] = rows
  await database.db.$client.query(`alter database ${name} set synchronous_commit = off`)
  await database.db.$client.query(`
    create table seen (setting text);
    create function see() returns trigger language plpgsql as
      $$ begin insert into seen values (current_setting('synchronous_commit')); return null; end $$;
    create trigger see after insert on predictions for each statement execute function see()`)
  await openLog().append([line()])
  expect((await database.db.$client.query('select setting from seen')).rows).toEqual([{ setting: 'on' }])
})
