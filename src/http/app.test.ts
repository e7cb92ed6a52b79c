import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { authorise, type App } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'

const Body = Type.Object(
  {
    amount: Type.Number(),
    kind: Type.Union([Type.Literal('car'), Type.Literal('home')]),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
const broken = { error: new Error('the secret of the house') as Error & { code?: string } }

function testRoutes(app: App): void {
  app.post(
    '/things',
    { schema: { body: Body, querystring: Type.Object({ n: Type.Integer({ default: 7 }) }) } },
    (request) => ({
      ...request.body,
      n: request.query.n,
    }),
  )
  app.get('/guarded', { preHandler: authorise('view') }, async () => ({ ok: true }))
  app.get('/broken', async () => {
    throw broken.error
  })
  app.post('/pipeline/start', async () => ({ runId: 'r1' }))
}

let test: TestApp
let isReady = true
beforeAll(async () => {
  test = await createTestApp({
    routes: [testRoutes],
    checkReady: async () => {
      if (!isReady) throw new AssayError('DATABASE_UNAVAILABLE', { reason: 'test' })
    },
  })
})
afterAll(() => test.close())

const get = (url: string, headers = {}) => test.app.inject({ url, headers })
const post = (url: string, payload: unknown, headers = {}) =>
  test.app.inject({ method: 'POST', url, payload: payload as object, headers })

describe('health', () => {
  it.each(['/health', '/api/v1/health', '/ready', '/api/v1/ready'])('%s says OK to anyone', async (url) => {
    const answer = await get(url)
    expect([answer.statusCode, answer.body, answer.headers['content-type']]).toEqual([200, 'OK', 'text/plain'])
  })

  it('says more as JSON', async () => {
    expect((await get('/health', { accept: 'application/json' })).json()).toEqual({
      status: 'ok',
      version: '0.0.0-test',
      startedAt: '2026-01-01T00:00:00.000Z',
    })
  })

  it('is not ready without a database, and alive', async () => {
    isReady = false
    const answer = await get('/ready')
    expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([
      503,
      'DATABASE_UNAVAILABLE',
      '1',
    ])
    expect((await get('/health')).statusCode).toBe(200)
    isReady = true
  })
})

describe('a request that is not valid', () => {
  it('is told everything that is wrong with it at once', async () => {
    const answer = await post('/api/v1/things?n=x', { kind: 'boat', colour: 'red', note: 5 })
    expect(answer.headers['content-type']).toBe('application/problem+json')
    expect(answer.json()).toMatchObject({ status: 422, code: 'INPUT_INVALID', title: 'INPUT_INVALID' })
    const faults = answer.json().faults
    expect(faults).toContainEqual({ path: 'body.amount', wanted: 'a value: it is required' })
    expect(faults).toContainEqual({ path: 'body.colour', given: '"red"', wanted: 'nothing: there is no such field' })
    expect(faults).toContainEqual({ path: 'body.kind', given: '"boat"', wanted: 'one of "car", "home"' })
    expect(faults).toContainEqual({ path: 'body.note', given: '5', wanted: 'type string' })
  })

  it('has its query converted and checked, and its body taken as it is', async () => {
    expect((await post('/api/v1/things?n=12', { amount: 1, kind: 'car' })).json()).toEqual({
      amount: 1,
      kind: 'car',
      n: 12,
    })
    expect((await post('/api/v1/things', { amount: 1, kind: 'car' })).json().n).toBe(7)
    expect((await post('/api/v1/things?n=1.5', { amount: 1, kind: 'car' })).json().faults[0].path).toBe('query.n')
    expect((await post('/api/v1/things', { amount: '1', kind: 'car' })).json().faults).toEqual([
      { path: 'body.amount', given: '"1"', wanted: 'type number' },
    ])
  })

  it.each([
    ['broken JSON', '{', 'application/json', '422 INPUT_INVALID'],
    ['an empty body', '', 'application/json', '422 INPUT_INVALID'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', '422 MEDIA_TYPE_UNSUPPORTED'],
    ['a text', 'a=1', 'text/plain', '422 MEDIA_TYPE_UNSUPPORTED'],
    ['too much', `"${'x'.repeat(17_000_000)}"`, 'application/json', '413 REQUEST_TOO_LARGE'],
  ])('refuses %s', async (_, payload, type, expected) => {
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/things',
      payload,
      headers: { 'content-type': type },
    })
    expect(`${answer.statusCode} ${answer.json().code}`).toBe(expected)
  })
})

describe('a failure', () => {
  it('that nobody foresaw is logged once and not shown', async () => {
    test.logged.length = 0
    const answer = await get('/api/v1/broken')
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'INTERNAL'])
    expect(answer.body).not.toContain('secret')
    expect(test.logged).toHaveLength(1)
    expect(test.logged[0]).toMatchObject({
      reqId: answer.json().requestId,
      err: { message: 'the secret of the house' },
    })
  })

  it.each([
    ['57P01', 503, 'DATABASE_UNAVAILABLE'],
    ['ECONNREFUSED', 503, 'DATABASE_UNAVAILABLE'],
    ['53100', 503, 'STORAGE_FULL'],
    ['23505', 500, 'INTERNAL'],
  ])('of the database with %s is %d %s', async (code, status, expected) => {
    const before = broken.error
    broken.error = Object.assign(new Error('database'), { code })
    const answer = await get('/api/v1/broken')
    broken.error = before
    expect([answer.statusCode, answer.json().code]).toEqual([status, expected])
  })

  it('to know who calls says how to tell', async () => {
    const answer = await get('/api/v1/guarded')
    expect([answer.statusCode, answer.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect((await get('/api/v1/guarded', await test.as('viewer'))).statusCode).toBe(200)
  })

  it('to find a route is a problem too', async () => {
    for (const url of ['/api/v1/nothing', '/nothing', '/things']) {
      const answer = await get(url)
      expect([answer.statusCode, answer.json().code, answer.json().detail]).toEqual([
        404,
        'NOT_FOUND',
        `Route GET ${url} does not exist.`,
      ])
    }
  })
})

describe('addresses', () => {
  it('of the lab answer at the root as well', async () => {
    expect((await post('/pipeline/start', {})).json()).toEqual({ runId: 'r1' })
    expect((await post('/api/v1/pipeline/start?x=1', {})).json()).toEqual({ runId: 'r1' })
  })
})

describe('every answer', () => {
  it('carries the security headers and the request id', async () => {
    for (const url of ['/health', '/nothing', '/docs/static/index.html']) {
      const { headers } = await get(url)
      expect(headers['content-security-policy']).toContain("default-src 'self'")
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

describe('the documentation', () => {
  it('is OpenAPI 3.1 of the routes, each with the problem it may answer', async () => {
    const document = (await get('/docs/json')).json()
    expect(document.openapi).toBe('3.1.0')
    expect(document.components.securitySchemes.key.scheme).toBe('bearer')
    const things = document.paths['/api/v1/things'].post
    expect(things.requestBody.content['application/json'].schema.required).toEqual(['amount', 'kind'])
    expect(things.responses.default.content).toHaveProperty(['application/problem+json'])
    expect(document.paths['/api/v1/health'].get.security).toEqual([])
  })

  it('can be browsed without asking any other server', async () => {
    const page = await get('/docs/')
    expect(page.statusCode).toBe(200)
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(page.body).not.toMatch(/<script>/)
  })

  it('explains each code where a problem points to', async () => {
    const { type } = (await get('/nothing')).json()
    const page = await get(type.split('#')[0])
    expect(page.body).toContain('### NOT_FOUND\n\nKind `not-found`: HTTP 404, exit code 4.')
  })
})
