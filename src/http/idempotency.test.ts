import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { authorise, type App } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import { purgeIdempotencyKeys } from './idempotency.ts'

let nCalls = 0
let refuses = false
let hold: Promise<void> | undefined

function testRoutes(app: App): void {
  app.post('/things', { preHandler: authorise('predict') }, async (_, reply) => {
    nCalls++
    await hold
    if (refuses) throw new AssayError('NOT_FOUND', { what: 'Thing', id: '1' })
    return reply.status(201).send({ n: nCalls })
  })
}

let test: TestApp
let ada: { authorization: string }
let bob: { authorization: string }
beforeAll(async () => {
  test = await createTestApp({ routes: [testRoutes] })
  ada = await test.as('developer')
  bob = await test.as('developer')
})
afterAll(() => test.close())

const post = (key: string, payload: object = { a: 1 }, headers: object = ada) =>
  test.app.inject({ method: 'POST', url: '/api/v1/things', payload, headers: { 'idempotency-key': key, ...headers } })

describe('a POST with an Idempotency-Key', () => {
  it('is carried out once and answered alike', async () => {
    const before = nCalls
    const first = await post('k1')
    const second = await post('k1')
    expect(nCalls - before).toBe(1)
    expect([second.statusCode, second.body, second.headers['content-type']]).toEqual([
      first.statusCode,
      first.body,
      first.headers['content-type'],
    ])
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual([undefined, 'true'])
  })

  it('does not depend on the order of the body’s fields', async () => {
    const first = await post('order', { a: 1, b: { c: 2, d: 3 } })
    expect((await post('order', { b: { d: 3, c: 2 }, a: 1 })).body).toBe(first.body)
  })

  it('is refused when the key belongs to another request', async () => {
    await post('k2')
    const answer = await post('k2', { a: 2 })
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'IDEMPOTENCY_KEY_REUSED'])
    expect(answer.json().detail).toContain('POST /api/v1/things')
  })

  it('has its keys apart from those of other actors', async () => {
    const before = nCalls
    await post('k3')
    await post('k3', { a: 1 }, bob)
    expect(nCalls - before).toBe(2)
  })

  it('may be tried again when it failed', async () => {
    refuses = true
    expect((await post('k4')).statusCode).toBe(404)
    refuses = false
    expect((await post('k4')).statusCode).toBe(201)
  })

  it('is refused while the first is under way', async () => {
    let release = () => {}
    hold = new Promise((resolve) => (release = resolve))
    const before = nCalls
    const first = post('k5')
    await expect.poll(() => nCalls).toBe(before + 1)
    expect((await post('k5')).json().code).toBe('IDEMPOTENCY_IN_PROGRESS')
    release()
    hold = undefined
    expect((await first).statusCode).toBe(201)
    expect((await post('k5')).statusCode).toBe(201)
  })

  it('leaves nothing when the caller has no right', async () => {
    expect((await post('k6', {}, { authorization: (await test.as('viewer')).authorization })).statusCode).toBe(403)
    expect((await post('k6', {})).statusCode).toBe(201)
  })

  it.each(['', 'with space', 'x'.repeat(201)])('wants a sound key, not %j', async (key) => {
    expect((await post(key)).json().code).toBe('IDEMPOTENCY_KEY_INVALID')
  })

  it('is a new request after a day', async () => {
    await post('k7')
    await post('k8')
    await test.db.$client.query(
      `update idempotency_keys set at = now() - interval '25 hours' where key in ('k7', 'k8')`,
    )
    const before = nCalls
    await post('k7')
    expect(nCalls - before).toBe(1)
    expect(await purgeIdempotencyKeys(test.db)).toBe(1)
  })
})

it('a POST without a key is carried out each time', async () => {
  const before = nCalls
  for (let i = 0; i < 2; i++)
    await test.app.inject({ method: 'POST', url: '/api/v1/things', payload: {}, headers: ada })
  expect(nCalls - before).toBe(2)
})
