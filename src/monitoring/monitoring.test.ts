import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import {
  claimsInputs,
  claimsTable,
  createServingFixture,
  MODEL,
  silent,
  type ServingFixture,
} from '../../test/serving.ts'
import { loadModel } from '../learn/index.ts'
import { withTransaction } from '../platform/index.ts'
import { getVersion } from '../registry/index.ts'
import type { Serving } from '../serving/index.ts'
import { countInto, referenceBins } from '../stats/index.ts'
import { attention } from './attention.ts'
import { driftReport } from './drift-report.ts'
import { recordDriftStatus } from './drift-status.ts'
import { createMonitor, type Monitor } from './monitor.ts'
import { findCountLayout, findReference, recordReference } from './references.ts'
import { monitoringRoutes } from './routes.ts'

const HOUR = 3_600_000
const START = Date.now()
let fixture: ServingFixture
let serving: Serving
let monitor: Monitor
let version: string
let nowMs = START

beforeAll(async () => {
  fixture = await createServingFixture()
  version = await fixture.addVersion({ seed: 1 })
  await fixture.promote(version)
  await recordClaimsReference()
  // The clock runs ahead of the partitions that exist.
  const ahead = new Date(START + 9 * 24 * HOUR).toISOString().slice(0, 10)
  await fixture.db.$client.query(
    `create table predictions_later partition of predictions for values from ('${ahead}') to (maxvalue)`,
  )
  serving = await fixture.serve({
    clock: () => nowMs,
    findLayout: (model, name) => findCountLayout(fixture.db, model, name),
  })
  monitor = createMonitor({ db: fixture.db, log: silent, clock: () => nowMs, flush: () => serving.flush() })
})
afterAll(() => fixture.close())
beforeEach(async () => {
  nowMs += 30 * 24 * HOUR // each test has windows of its own
  await fixture.db.$client.query('delete from drift_statuses')
})

/** As the pipeline does it: training rows on their own bins, the score last. */
async function recordClaimsReference(): Promise<void> {
  const table = claimsTable(2_000)
  const { artifact } = await getVersion(fixture.db, MODEL, version)
  const values = loadModel(await fixture.artifacts.get(artifact)).predict(table)
  const features = [...table.columns, { kind: 'number' as const, name: 'score', values }].map((column) => {
    const bins = referenceBins(column)
    return { name: column.name, bins, counts: [...countInto(bins, column)] }
  })
  const importance = [
    { feature: 'amount', mean: 0.3 },
    { feature: 'provider', mean: 0.1 },
    { feature: 'age', mean: -0.01 },
  ]
  await withTransaction(fixture.db, (tx) => recordReference(tx, { model: MODEL, version, features, importance }))
}

const dearer = (n: number, seed = 9) =>
  claimsInputs(n, seed).map((input) => ({ ...input, amount: 3 * (input.amount as number) + 400 }))
const send = (inputs: object[]) => serving.predict({ model: MODEL, inputs, actor: 'local' })
const statusEvents = async () =>
  (
    await fixture.db.$client.query(
      `select object, data from events_inbox where type = 'drift.status_changed' order by id`,
    )
  ).rows

describe('references', () => {
  test('a reference is kept with its rows, importance and a digest of its bins', async () => {
    const reference = (await findReference(fixture.db, MODEL, version))!
    expect(reference).toMatchObject({
      model: MODEL,
      version,
      nRows: 2_000,
      layout: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(reference.features.map(({ name, importance }) => [name, importance])).toEqual([
      ['amount', 0.3],
      ['age', -0.01],
      ['provider', 0.1],
    ])
    expect(reference.score).toMatchObject({ name: 'score', importance: 1 })
    expect(await findReference(fixture.db, MODEL, '9.9.9')).toBeUndefined()
  })

  test('the first reference of a version stays', async () => {
    const before = await findReference(fixture.db, MODEL, version)
    const other = { name: 'score', bins: { kind: 'number' as const, edges: [0.5] }, counts: [1, 1, 0, 0] }
    await recordReference(fixture.db, { model: MODEL, version, features: [other], importance: [] })
    expect(await findReference(fixture.db, MODEL, version)).toEqual(before)
  })
})

describe('drift of live traffic', () => {
  test('traffic like the training rows shows none', async () => {
    await send(claimsInputs(600, 5))
    const report = await monitor.report({ model: MODEL })
    expect(report).toMatchObject({
      model: MODEL,
      version,
      status: 'none',
      nReference: 2_000,
      nCurrent: 600,
      shareDrifted: 0,
    })
    expect(Date.parse(report.until) - Date.parse(report.since)).toBe(HOUR)
    expect(report.features.map(({ name }) => name).toSorted()).toEqual(['age', 'amount', 'provider'])
  })

  test('dearer claims are critical, and the amount comes first', async () => {
    await send(dearer(300))
    const report = await monitor.report({ model: MODEL })
    expect(report).toMatchObject({ status: 'critical', nCurrent: 300 })
    expect(report.features[0]).toMatchObject({ name: 'amount', drifted: true, importance: 1 })
    expect(report.features.find(({ name }) => name === 'age')!.importance).toBe(0)
    expect(report.driftScore).toBeGreaterThan(0.3)
  })

  test('counts of other processes count as much as those of this one', async () => {
    const other = await fixture.serve({
      clock: () => nowMs,
      findLayout: (model, name) => findCountLayout(fixture.db, model, name),
    })
    await send(claimsInputs(70, 5))
    await other.predict({ model: MODEL, inputs: claimsInputs(80, 6), actor: 'local' })
    await other.flush()
    expect((await monitor.report({ model: MODEL })).nCurrent).toBe(150)
  })

  test('a quiet hour widens the window to a day, then to a week; below the minimum nothing is judged', async () => {
    await send(claimsInputs(60, 5))
    expect(await monitor.report({ model: MODEL })).toMatchObject({
      status: 'insufficient-data',
      nCurrent: 60,
      driftScore: null,
    })
    nowMs += 5 * HOUR
    await send(claimsInputs(60, 6))
    const day = await monitor.report({ model: MODEL })
    expect(day).toMatchObject({ status: 'none', nCurrent: 120 })
    expect(Date.parse(day.until) - Date.parse(day.since)).toBe(24 * HOUR)
    const hour = await monitor.report({ model: MODEL, since: new Date(nowMs - HOUR) })
    expect(hour).toMatchObject({ status: 'insufficient-data', nCurrent: 60 })
  })

  test('staging traffic is not what is monitored', async () => {
    await fixture.deploy([{ version, role: 'staging', share: 0 }])
    await serving.reconcile(MODEL)
    await serving.predict({ model: MODEL, inputs: dearer(200), actor: 'local', variant: 'staging' })
    expect((await monitor.report({ model: MODEL })).nCurrent).toBe(0)
  })

  test('a model without champion and a version without reference are not found', async () => {
    await expect(driftReport(fixture.db, { model: 'unheard-of' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(driftReport(fixture.db, { model: MODEL, version: '9.9.9' })).rejects.toThrow(
      `Drift reference of ${MODEL} 9.9.9 does not exist.`,
    )
  })
})

describe('changes of status', () => {
  test('a look at the champions tells of drift once, and of its end once', async () => {
    const before = (await statusEvents()).length
    await send(claimsInputs(300, 5))
    await monitor.check()
    expect(await statusEvents()).toHaveLength(before)
    nowMs += 2 * HOUR
    await send(dearer(300))
    await monitor.check()
    await monitor.check()
    nowMs += 2 * HOUR
    await send(claimsInputs(300, 5))
    await monitor.check()
    const events = (await statusEvents()).slice(before)
    expect(events).toMatchObject([
      {
        object: `model:${MODEL}@${version}`,
        data: { from: 'none', to: 'critical', nCurrent: 300, drifted: ['amount'] },
      },
      { object: `model:${MODEL}@${version}`, data: { from: 'critical', to: 'none' } },
    ])
  })

  test('too few rows change nothing', async () => {
    await send(dearer(300))
    await monitor.check()
    const before = (await statusEvents()).length
    nowMs += 30 * 24 * HOUR
    const [report] = await monitor.check()
    expect(report.status).toBe('insufficient-data')
    expect(await statusEvents()).toHaveLength(before)
    expect((await attention(fixture.db, { now: new Date(nowMs) })).map(({ severity }) => severity)).toContain(
      'critical',
    )
  })

  test('of many who record the same change at the same time, one tells of it', async () => {
    await send(dearer(300))
    const report = await monitor.report({ model: MODEL })
    const before = (await statusEvents()).length
    const changes = await Promise.all(
      Array.from({ length: 5 }, () => withTransaction(fixture.db, (tx) => recordDriftStatus(tx, report))),
    )
    expect(changes.filter(Boolean)).toEqual([{ from: 'none', to: 'critical' }])
    expect(await statusEvents()).toHaveLength(before + 1)
  })
})

describe('attention', () => {
  const look = (options = {}) => attention(fixture.db, { now: new Date(nowMs), ...options })

  test('all is well: nothing', async () => {
    await send(claimsInputs(300, 5))
    await monitor.check()
    expect(await look({ health: serving.health() })).toEqual([])
  })

  test.each([
    ['watch', 'medium'],
    ['retrain', 'high'],
    ['critical', 'critical'],
  ])('drift at %s is %s', async (status, severity) => {
    const at = new Date('2026-11-20T10:15:00Z')
    await fixture.db.$client.query(
      'insert into drift_statuses (model, version, status, changed_at, n_changes) values ($1, $2, $3, $4, 1)',
      [MODEL, version, status, at],
    )
    expect(await look()).toEqual([
      {
        severity,
        text: `Claims for ${MODEL} ${version} have drifted from what it learned (${status}, since 2026-11-20 10:15 UTC).`,
        link: `/models/${MODEL}/${version}`,
      },
    ])
  })

  test('a model without champion', async () => {
    await fixture.addVersion({ seed: 3, model: 'young' })
    expect(await look()).toEqual([
      { severity: 'high', text: 'No version of young is in production.', link: '/models/young' },
    ])
    expect(await look({ models: [MODEL] })).toEqual([])
  })

  test('failing and slow answers', async () => {
    await fixture.db.$client.query(
      `insert into prediction_counts (model, version, variant, minute, replica, n_approved, n_referred, n_errors, n_invalid, latency, layout, bins)
       values ($1, $2, 'champion', $3, 'other', 80, 10, 10, 0, $4, '', '{}')`,
      [MODEL, version, new Date(nowMs - 60_000), Array.from({ length: 160 }, (_, bucket) => (bucket === 150 ? 90 : 0))],
    )
    const items = await look({ models: [MODEL] })
    expect(items.map(({ severity, text }) => [severity, text])).toEqual([
      ['critical', `10.0 % of the requests to ${MODEL} ${version} failed in the last hour.`],
      ['high', expect.stringContaining('One in twenty answers')],
    ])
  })

  test('what cannot be served, and a log that is nearly full', async () => {
    const health = {
      models: [MODEL],
      logFill: 0.9,
      nShadowDropped: 0,
      faults: [
        { model: MODEL, version: '2.0.0', role: 'shadow' as const, message: 'disk gone' },
        { model: MODEL, version: '3.0.0', role: 'champion' as const, message: 'disk gone' },
      ],
    }
    expect((await look({ models: [MODEL], health })).map(({ severity, text }) => `${severity}: ${text}`)).toEqual([
      `critical: ${MODEL} 3.0.0 cannot be served as champion: disk gone`,
      'critical: The buffer of the prediction log is 90 % full; when it is full, requests are refused.',
      `high: ${MODEL} 2.0.0 cannot be served as shadow: disk gone`,
    ])
  })

  test('rows in a default partition', async () => {
    await fixture.db.$client.query(
      `insert into step_logs_default (run_id, seq, at, step, level, text) values ('r', 1, '2020-01-01Z', 's', 'info', 't')`,
    )
    expect(await look({ models: [MODEL] })).toEqual([
      {
        severity: 'medium',
        text: 'Table step_logs writes to its default partition: the partitions of these days were not made in time.',
        link: '/',
      },
    ])
    await fixture.db.$client.query('delete from step_logs_default')
  })
})

describe('GET /monitoring/drift/:model', () => {
  let http: TestApp
  beforeAll(async () => {
    http = await createTestApp({ routes: [(app) => monitoringRoutes(app, { monitor })] })
  })
  afterAll(() => http.close())
  const get = (url: string, headers = {}) => http.app.inject({ url: `/api/v1/monitoring/drift/${url}`, headers })

  test('is refused by schema, without a key and for an unknown model', async () => {
    const viewer = await http.as('viewer')
    expect((await get(`${MODEL}?since=yesterday`, viewer)).statusCode).toBe(422)
    expect((await get(`${MODEL}?window=1h`, viewer)).statusCode).toBe(422)
    expect((await get(MODEL)).statusCode).toBe(401)
    expect((await get('unheard-of', viewer)).statusCode).toBe(404)
  })

  test('answers the report, of a window and version if asked for', async () => {
    const viewer = await http.as('viewer')
    await send(claimsInputs(200, 5))
    const report = (await get(MODEL, viewer)).json()
    expect(report).toEqual(JSON.parse(JSON.stringify(await monitor.report({ model: MODEL }))))
    const since = new Date(nowMs - 2 * HOUR).toISOString()
    const until = new Date(nowMs - HOUR).toISOString()
    const earlier = (await get(`${MODEL}?since=${since}&until=${until}&version=${version}`, viewer)).json()
    expect(earlier).toMatchObject({ status: 'insufficient-data', nCurrent: 0, since, until })
  })
})
