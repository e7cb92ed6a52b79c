import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { withTransaction } from '../platform/index.ts'
import {
  castVote,
  championRoutes,
  promote,
  recordGates,
  registerVersion,
  registryRoutes,
  requestApproval,
  transition,
  versionSubject,
} from './index.ts'
import { gate, newVersion } from './registry.fixture.ts'

let test: TestApp
let viewer: { authorization: string }
let approvalId: string
let waitingId: string
beforeAll(async () => {
  test = await createTestApp({
    routesOf: (db) => [(app) => registryRoutes(app, { db }), (app) => championRoutes(app, { db })],
  })
  viewer = await test.as('viewer')
  await withTransaction(test.db, async (tx) => {
    const by = { actor: 'ada', reason: 'to show' }
    const ask = { pipelineRunId: null, requestedBy: 'ada', policy: 'four-eyes', required: 1 } as const
    const evidence = {
      cv: { rocAuc: { mean: 0.9, standardDeviation: NaN, folds: [0.9] } },
      fairness: [{ attribute: 'sex' }],
    }
    const { model, version, artifact } = await registerVersion(tx, newVersion({ runId: 'a'.repeat(32), ...evidence }))
    const gates = [gate(), gate({ gate: 'fairness', metric: 'di', op: 'between', threshold: [0.8, 1.25], value: null })]
    await recordGates(tx, { subject: versionSubject(model, version), gates, artifact })
    const expiresAt = new Date('2999-01-01')
    approvalId = (await requestApproval(tx, { model, version, ...ask, gates, expiresAt })).id
    await castVote(tx, { approvalId, actor: 'rita', decision: 'approve', reason: 'fair enough' })
    await transition(tx, { model, version, to: 'staging', ...by })
    await promote(tx, { model, version, approvalId, ...by })
    const second = await registerVersion(tx, newVersion({ metrics: {} }))
    waitingId = (await requestApproval(tx, { model, version: second.version, ...ask, gates: [], expiresAt })).id
  })
})
afterAll(() => test.close())

const unknownApproval = '/approvals/approval_00000000-0000-0000-0000-000000000000'
const get = (url: string, headers = {}) => test.app.inject({ url, headers })
const json = async (url: string) => (await get(`/api/v1${url}`, viewer)).json()

it.each([
  '/models/no spaces',
  '/models/claims/one',
  '/models/claims/compare/1.0.0/latest',
  '/models/claims/champion?at=yesterday',
  '/approvals?status=done',
  '/approvals?limit=0',
  '/approvals/first',
  '/mlflow/champion?model=',
])('GET %s is refused by the schema, before anything else', async (url) => {
  expect((await get(`/api/v1${url}`)).statusCode).toBe(422)
})

it.each([
  '/models',
  '/models/claims',
  '/models/claims/1.0.0',
  '/models/claims/compare/1.0.0/1.1.0',
  '/models/claims/champion',
  '/approvals',
  unknownApproval,
  '/mlflow/champion',
])('GET %s needs a key, then the right to view', async (url) => {
  expect((await get(`/api/v1${url}`)).statusCode).toBe(401)
  expect((await get(`/api/v1${url}`, await test.as())).statusCode).toBe(403)
  expect((await get(`/api/v1${url}`, viewer)).statusCode).toBe(url === unknownApproval ? 404 : 200)
})

describe('models', () => {
  it('are listed with their champion', async () => {
    expect(await json('/models')).toMatchObject({
      items: [{ name: 'claims', champion: '1.0.0', nVersions: 2, latest: { version: '1.1.0' } }],
    })
  })

  it('are shown with versions, history and variants', async () => {
    expect(await json('/models/claims')).toMatchObject({
      champion: '1.0.0',
      previousChampion: null,
      versions: [{ version: '1.1.0' }, { version: '1.0.0', stage: 'production', isChampion: true }],
      history: [
        { version: '1.1.0', action: 'register' },
        { version: '1.0.0', from: 'staging', to: 'production', action: 'promote', approvalId },
        { to: 'staging' },
        { from: null, to: 'development' },
      ],
      variants: [{ version: '1.0.0', role: 'champion', share: 1 }],
    })
    expect(await json('/models/none')).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })

  it('have versions with all that is on record, and null where a figure could not be computed', async () => {
    expect(await json('/models/claims/1.0.0')).toMatchObject({
      version: '1.0.0',
      metrics: { rocAuc: { estimate: 0.9, level: 0.95 } },
      signature: { target: 'outcome', columns: [{ name: 'amount', unit: 'USD' }, { levels: ['gold', 'silver'] }] },
      cv: { rocAuc: { mean: 0.9, standardDeviation: null, folds: [0.9] } },
      fairness: [{ attribute: 'sex' }],
      gates: [
        { gate: 'auc', threshold: 0.85 },
        { gate: 'fairness', threshold: [0.8, 1.25], value: null },
      ],
      approvals: [{ id: approvalId, votes: [{ actor: 'rita', selfApproved: false }] }],
    })
    expect((await get('/api/v1/models/claims/9.0.0', viewer)).statusCode).toBe(404)
  })

  it('have versions side by side', async () => {
    const { a, b, metrics } = await json('/models/claims/compare/1.0.0/1.1.0')
    expect([a.version, b.version]).toEqual(['1.0.0', '1.1.0'])
    expect(metrics).toMatchObject([{ name: 'rocAuc', a: { estimate: 0.9 }, b: null, difference: null }])
  })
})

describe('the champion', () => {
  it('is answered at the root, with its tracking run', async () => {
    const champion = { model: 'claims', version: '1.0.0', runId: 'a'.repeat(32) }
    expect((await get('/mlflow/champion', viewer)).json()).toMatchObject(champion)
    expect((await get('/mlflow/champion?model=claims', viewer)).json()).toMatchObject(champion)
    expect((await get('/mlflow/champion?model=none', viewer)).statusCode).toBe(404)
  })

  it('of a time says who put it there and on whose approval', async () => {
    expect(await json('/models/claims/champion')).toMatchObject({
      version: '1.0.0',
      action: 'promote',
      actor: 'ada',
      approvalId,
      approvedBy: [{ actor: 'rita', reason: 'fair enough' }],
    })
    expect(await json('/models/claims/champion?at=2001-01-01T00:00:00Z')).toMatchObject({ status: 404 })
  })
})

it('approvals are listed by status and shown one by one', async () => {
  expect((await json('/approvals')).items).toHaveLength(2)
  expect(await json('/approvals?status=waiting')).toMatchObject({ items: [{ id: waitingId, status: 'waiting' }] })
  expect(await json(`/approvals/${approvalId}`)).toMatchObject({
    status: 'approved',
    gates: [{ gate: 'auc' }, { gate: 'fairness' }],
  })
})
