import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { withTransaction } from '../platform/index.ts'
import { createRun, finishRun, getOrCreateExperiment, logBatch, trackingRoutes } from './index.ts'

let test: TestApp
let viewer: { authorization: string }
let runId: string
beforeAll(async () => {
  test = await createTestApp({ routesOf: (db) => [(app) => trackingRoutes(app, { db })] })
  viewer = await test.as('viewer')
  runId = await withTransaction(test.db, async (tx) => {
    const { experimentId } = await getOrCreateExperiment(tx, 'claims')
    const run = await createRun(tx, { experimentId, name: 'ci', startTimeMs: 1_000 })
    await logBatch(tx, run.runId, { metrics: [{ key: 'auc', value: NaN }], params: { seed: 42 } })
    await finishRun(tx, run.runId, { status: 'FINISHED', endTimeMs: 3_500 })
    return run.runId
  })
})
afterAll(() => test.close())

const get = (url: string, headers = {}) => test.app.inject({ url, headers })

it.each(['/mlflow/runs?limit=0', '/mlflow/runs?limit=1001', '/mlflow/runs?page=2', '/mlflow/runs/not-an-id'])(
  'GET %s is refused by the schema, before anything else',
  async (url) => {
    expect((await get(url)).statusCode).toBe(422)
  },
)

it.each(['/mlflow/runs', `/mlflow/runs/${'a'.repeat(32)}`])(
  'GET %s needs a key, then the right to view',
  async (url) => {
    expect((await get(url)).statusCode).toBe(401)
    expect((await get(url, await test.as())).statusCode).toBe(403)
  },
)

it('answers a run with what was logged, at the root and under the prefix', async () => {
  const answer = await get(`/mlflow/runs/${runId}`, viewer)
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    runId,
    experiment: 'claims',
    status: 'FINISHED',
    startedAt: '1970-01-01T00:00:01.000Z',
    finishedAt: '1970-01-01T00:00:03.500Z',
    durationMs: 2_500,
    params: { seed: '42' },
    metrics: { auc: 'NaN' },
    tags: { 'mlflow.runName': 'ci' },
  })
  expect((await get(`/api/v1/mlflow/runs/${runId}`, viewer)).body).toBe(answer.body)
  expect((await get(`/mlflow/runs/${'0'.repeat(32)}`, viewer)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
})

it('lists runs, and refuses a cursor of its own making', async () => {
  const page = (await get('/mlflow/runs?experiment=claims', viewer)).json()
  expect(page).toMatchObject({ items: [{ runId, finishedAt: '1970-01-01T00:00:03.500Z' }], nextCursor: null })
  expect((await get('/mlflow/runs?cursor=mine', viewer)).json()).toMatchObject({ status: 422, code: 'CURSOR_INVALID' })
})
