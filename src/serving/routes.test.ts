import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { claimsInputs, createServingFixture, MODEL, type ServingFixture } from '../../test/serving.ts'
import { loadTest } from './load-test.ts'
import { servingRoutes } from './routes.ts'

let fixture: ServingFixture
let http: TestApp
let developer: { authorization: string }
let viewer: { authorization: string }
let reviewer: { authorization: string }
const inputs = claimsInputs(20)

beforeAll(async () => {
  fixture = await createServingFixture()
  await fixture.promote(await fixture.addVersion({ seed: 1 }))
  const serving = await fixture.serve()
  const { db, artifacts, keys } = fixture
  http = await createTestApp({ routes: [(app) => servingRoutes(app, { db, artifacts, serving, keys })] })
  developer = await http.as('developer')
  viewer = await http.as('viewer')
  reviewer = await http.as('reviewer')
})
afterAll(async () => {
  await http.close()
  await fixture.close()
})

const post = (url: string, payload: unknown, headers = {}) =>
  http.app.inject({ method: 'POST', url: `/api/v1${url}`, payload: payload as object, headers })
const get = (url: string, headers = {}) => http.app.inject({ url: `/api/v1${url}`, headers })

describe('POST /predict/:model', () => {
  test.each([
    ['no inputs', {}, `/predict/${MODEL}`],
    ['a claim for inputs', { inputs: 'claim' }, `/predict/${MODEL}`],
    ['more than inputs', { inputs: {}, model: MODEL }, `/predict/${MODEL}`],
    ['an unknown variant', { inputs: inputs[0] }, `/predict/${MODEL}?variant=shadow`],
    ['a name that is none', { inputs: inputs[0] }, '/predict/claims%20denial'],
    ['no rows', { inputs: [] }, `/predict/${MODEL}`],
  ])('%s is refused', async (_, body, url) => {
    expect((await post(url, body, developer)).statusCode).toBe(422)
  })

  test('faults come by row and column', async () => {
    const answer = await post(`/predict/${MODEL}`, { inputs: [inputs[0], { ...inputs[1], amount: '7' }] }, developer)
    expect(answer.statusCode).toBe(422)
    expect(answer.json()).toMatchObject({
      code: 'PREDICTION_INPUT_INVALID',
      faults: [{ row: 1, column: 'amount', message: 'Column "amount": said the text "7"; wanted a number.' }],
    })
  })

  test('a number beyond all numbers is a fault of its row, not of the JSON', async () => {
    const answer = await http.app.inject({
      method: 'POST',
      url: `/api/v1/predict/${MODEL}`,
      headers: { ...developer, 'content-type': 'application/json' },
      payload: '{"inputs":{"amount":1e999,"age":1,"provider":"clinic"}}',
    })
    expect(answer.json()).toMatchObject({ code: 'PREDICTION_INPUT_INVALID', faults: [{ row: 0, column: 'amount' }] })
  })

  test('a body beyond the limit is refused before it is read', async () => {
    const answer = await post(`/predict/${MODEL}`, { inputs: { provider: 'x'.repeat(17 * 2 ** 20) } }, developer)
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'REQUEST_TOO_LARGE'])
  })

  test('without a key 401, without the right 403, for an unknown model 404', async () => {
    expect((await post(`/predict/${MODEL}`, { inputs: inputs[0] })).statusCode).toBe(401)
    expect((await post(`/predict/${MODEL}`, { inputs: inputs[0] }, viewer)).statusCode).toBe(403)
    expect((await post('/predict/unheard-of', { inputs: inputs[0] }, developer)).statusCode).toBe(404)
    expect((await post(`/predict/${MODEL}?variant=staging`, { inputs: inputs[0] }, developer)).statusCode).toBe(404)
  })

  test('one input and many are answered', async () => {
    const one = await post(`/predict/${MODEL}`, { inputs: inputs[0] }, developer)
    expect(one.statusCode).toBe(200)
    expect(one.json().predictions).toHaveLength(1)
    const many = await post(`/predict/${MODEL}`, { inputs }, developer)
    expect(many.json().predictions[0]).toEqual({ ...one.json().predictions[0], id: expect.any(String) })
    expect(many.json().predictions).toHaveLength(20)
  })

  test('when nothing can be logged, nothing is answered, and the caller is told when to come back', async () => {
    const away = await fixture.serve({ connection: { host: '/nowhere', user: 'nobody', database: 'none' } })
    const app = await createTestApp({ routes: [(app) => servingRoutes(app, { ...fixture, serving: away })] })
    const headers = await app.as('developer')
    const answer = await app.app.inject({
      method: 'POST',
      url: `/api/v1/predict/${MODEL}`,
      payload: { inputs: inputs[0] },
      headers,
    })
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'PREDICTION_LOG_UNAVAILABLE'])
    expect(answer.headers['retry-after']).toBe('1')
    await app.close()
  })
})

test('a request for which the log has no room is refused, and the caller is told when to come back', async () => {
  const small = await fixture.serve({ logOptions: { maxRows: 5 } })
  const app = await createTestApp({ routes: [(app) => servingRoutes(app, { ...fixture, serving: small })] })
  const ask = async (given: object[]) =>
    app.app.inject({
      method: 'POST',
      url: `/api/v1/predict/${MODEL}`,
      payload: { inputs: given },
      headers: await app.as('developer'),
    })
  const refused = await ask(inputs)
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'PREDICTION_LOG_FULL'])
  expect(refused.headers['retry-after']).toBe('1')
  expect((await ask(inputs.slice(0, 5))).statusCode).toBe(200)
  await app.close()
})

describe('the log', () => {
  let id: string
  beforeAll(async () => {
    id = (await post(`/predict/${MODEL}`, { inputs: inputs[0] }, developer)).json().predictions[0].id
  })

  test('GET /predictions', async () => {
    expect((await get('/predictions?limit=0', viewer)).statusCode).toBe(422)
    expect((await get('/predictions')).statusCode).toBe(401)
    const page = await get(`/predictions?limit=1&model=${MODEL}`, viewer)
    expect(page.statusCode).toBe(200)
    expect(page.json()).toMatchObject({ items: [{ id, input: inputs[0], outcome: null }], nextCursor: id })
  })

  test('GET /predictions/:id', async () => {
    expect((await get(`/predictions/${id}`)).statusCode).toBe(401)
    expect((await get('/predictions/none', viewer)).statusCode).toBe(404)
    expect((await get(`/predictions/${id}`, viewer)).json()).toMatchObject({ id, model: MODEL, outcomeHistory: [] })
  })

  test('POST /predictions/:id/replay', async () => {
    expect((await post(`/predictions/${id}/replay`, { force: true }, viewer)).statusCode).toBe(422)
    expect((await post(`/predictions/${id}/replay`, {})).statusCode).toBe(401)
    expect((await post(`/predictions/none/replay`, {}, viewer)).statusCode).toBe(404)
    expect((await post(`/predictions/${id}/replay`, {}, viewer)).json()).toMatchObject({ id, equal: true })
  })

  test('POST /outcomes', async () => {
    const outcomes = [{ predictionId: id, label: 1 }]
    for (const refused of [{ outcomes: [] }, { outcomes: [{ predictionId: id, label: 2 }] }, { outcomes, by: 'me' }])
      expect((await post('/outcomes', refused, developer)).statusCode).toBe(422)
    expect(
      (await post('/outcomes', { outcomes: [{ ...outcomes[0], observedAt: 'yesterday' }] }, developer)).statusCode,
    ).toBe(422)
    expect((await post('/outcomes', { outcomes })).statusCode).toBe(401)
    expect((await post('/outcomes', { outcomes }, reviewer)).statusCode).toBe(403)
    const answer = await post('/outcomes', { outcomes: [...outcomes, { predictionId: 'none', label: 0 }] }, developer)
    expect(answer.json()).toEqual({ accepted: 1, corrected: 0, unchanged: 0, unknown: ['none'] })
    expect((await get(`/predictions/${id}`, viewer)).json()).toMatchObject({
      outcome: { label: 1 },
      outcomeHistory: [{ revision: 1 }],
    })
  })
})

test('GET /deployments/:model', async () => {
  expect((await get(`/deployments/a%20b`, viewer)).statusCode).toBe(422)
  expect((await get(`/deployments/${MODEL}`)).statusCode).toBe(401)
  expect((await get('/deployments/unheard-of', viewer)).statusCode).toBe(404)
  const view = (await get(`/deployments/${MODEL}`, viewer)).json()
  expect(view).toMatchObject({ model: MODEL, faults: [], shadow: null, warm: ['1.0.0'] })
  expect(view.variants).toEqual([
    expect.objectContaining({
      version: '1.0.0',
      role: 'champion',
      share: 1,
      nErrors: 0,
      nPredictions: expect.any(Number),
    }),
  ])
  expect(view.variants[0].nPredictions).toBeGreaterThan(20)
  expect(view.variants[0].p50Ms).toBeGreaterThan(0)
})

test('the load test sends what the route takes', async () => {
  const url = await http.app.listen({ port: 0, host: '127.0.0.1' })
  const key = developer.authorization.slice('Bearer '.length)
  const result = await loadTest({ url, key, model: MODEL, rows: inputs, requestsPerSecond: 200, durationMs: 100 })
  expect(result).toMatchObject({ nRequests: 20, nErrors: 0 })
})
