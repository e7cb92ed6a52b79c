import { fastify, type FastifyError } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { AssayError, httpStatus } from '../errors/index.ts'
import { withTransaction } from '../platform/index.ts'
import { createActor, ensureFirstActors } from './actors.ts'
import type { App } from './app.ts'
import { registerAccess } from './hooks.ts'
import { createKey } from './keys.ts'
import type { Role } from './permissions.ts'
import { accessRoutes } from './routes.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let loopback: App
let open: App
let adminKey: string
let viewerKey: string

beforeAll(async () => {
  database = await createTestDatabase()
  adminKey = (await withTransaction(database.db, ensureFirstActors)).adminKey!
  viewerKey = await keyOf('viewer', ['viewer'])
  loopback = await appOn({ host: '127.0.0.1', trustLoopback: true })
  open = await appOn({ host: '0.0.0.0', trustLoopback: false })
})
afterAll(async () => {
  await loopback.close()
  await open.close()
  await database.close()
})

async function keyOf(name: string, roles: Role[]): Promise<string> {
  return withTransaction(database.db, async (tx) => {
    const actor = await createActor(tx, { name, roles, by: 'local' })
    return (await createKey(tx, actor.id, { by: 'local' })).key
  })
}

async function appOn(config: { host: string; trustLoopback: boolean }): Promise<App> {
  const app = fastify() as unknown as App
  app.setErrorHandler((error: FastifyError, _, reply) => {
    if (error instanceof AssayError) return reply.status(httpStatus[error.kind]).send({ code: error.code })
    return reply.status(error.validation ? 422 : (error.statusCode ?? 500)).send({ code: error.code })
  })
  registerAccess(app, { db: database.db, config })
  accessRoutes(app, { db: database.db })
  app.get('/public', async () => 'anyone')
  await app.ready()
  return app
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const post = (app: App, url: string, options: { headers?: Record<string, string>; payload?: object | string } = {}) =>
  app.inject({ method: 'POST', url, ...options })
const get = (app: App, url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  app.inject({ url, headers, remoteAddress })

describe('POST /actors', () => {
  it.each([
    ['no name', { roles: ['viewer'] }],
    ['an empty name', { name: ' ', roles: ['viewer'] }],
    ['no role', { name: 'x', roles: [] }],
    ['an unknown role', { name: 'x', roles: ['emperor'] }],
  ])('refuses %s', async (_, payload) => {
    expect((await post(open, '/actors', { payload })).statusCode).toBe(422)
  })

  it('needs a key', async () => {
    const answer = await post(open, '/actors', { payload: { name: 'x', roles: ['viewer'] } })
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'KEY_MISSING'])
  })

  it('needs the right', async () => {
    const answer = await post(open, '/actors', { headers: bearer(viewerKey), payload: { name: 'x', roles: ['admin'] } })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'FORBIDDEN'])
  })

  it('gives a key that works', async () => {
    const payload = { name: 'Rita', roles: ['reviewer'] }
    const answer = await post(open, '/actors', { headers: bearer(adminKey), payload })
    expect(answer.statusCode).toBe(201)
    const { actor, key } = answer.json()
    expect(actor).toMatchObject({ name: 'Rita', kind: 'person', roles: ['reviewer'] })
    const me = (await get(open, '/me', bearer(key))).json()
    expect(me).toEqual({ actor, trustedLoopback: false, approvalPolicy: 'four-eyes', nReviewers: 2 })
    expect((await post(open, '/actors', { headers: bearer(adminKey), payload })).statusCode).toBe(409)
  })
})

describe('GET /actors', () => {
  it('needs a key, then the right, then lists everyone', async () => {
    expect((await get(open, '/actors')).statusCode).toBe(401)
    expect((await get(open, '/actors', bearer(viewerKey))).statusCode).toBe(403)
    const answer = await get(open, '/actors', bearer(adminKey))
    expect(answer.json().items).toContainEqual(
      expect.objectContaining({ id: 'local', disabledAt: null, createdAt: expect.stringMatching(/Z$/) }),
    )
    expect(answer.body).not.toContain('hash')
  })
})

describe('POST /actors/:id/rotate-key and /disable', () => {
  it('need a key, then the right, then an actor', async () => {
    for (const action of ['rotate-key', 'disable']) {
      expect((await post(open, `/actors/local/${action}`)).statusCode).toBe(401)
      expect((await post(open, `/actors/local/${action}`, { headers: bearer(viewerKey) })).statusCode).toBe(403)
      expect((await post(open, `/actors/nobody/${action}`, { headers: bearer(adminKey) })).statusCode).toBe(404)
    }
  })

  it('replace a key and end an actor', async () => {
    const created = (
      await post(open, '/actors', { headers: bearer(adminKey), payload: { name: 'Leaver', roles: ['viewer'] } })
    ).json()
    const renewed = await post(open, `/actors/${created.actor.id}/rotate-key`, { headers: bearer(adminKey) })
    expect((await get(open, '/me', bearer(renewed.json().key))).statusCode).toBe(200)
    expect((await get(open, '/me', bearer(created.key))).statusCode).toBe(401)
    const end = await post(open, `/actors/${created.actor.id}/disable`, { headers: bearer(adminKey), payload: {} })
    expect(end.statusCode).toBe(204)
    const elsewhere = await appOn({ host: '0.0.0.0', trustLoopback: false })
    expect((await get(elsewhere, '/me', bearer(renewed.json().key))).statusCode).toBe(401)
    await elsewhere.close()
  })
})

describe('GET /me', () => {
  it('needs a key where loopback is not trusted', async () => {
    expect((await get(open, '/me')).statusCode).toBe(401)
  })

  it('knows the local administrator where it is', async () => {
    expect((await get(loopback, '/me')).json()).toMatchObject({ actor: { id: 'local' }, trustedLoopback: true })
    expect((await get(loopback, '/me', {}, '::1')).json()).toMatchObject({ actor: { id: 'local' } })
  })

  it('takes the key before the place', async () => {
    expect((await get(loopback, '/me', bearer(viewerKey))).json()).toMatchObject({
      actor: { name: 'viewer' },
      trustedLoopback: false,
    })
    expect((await get(loopback, '/me', bearer('assay_wrong'))).statusCode).toBe(401)
    expect((await get(loopback, '/me', { authorization: 'Basic xyz' })).statusCode).toBe(401)
  })

  it('takes a key from a WebSocket subprotocol', async () => {
    const headers = { 'sec-websocket-protocol': `assay, assay.bearer.${viewerKey}` }
    expect((await get(open, '/me', headers)).json()).toMatchObject({ actor: { name: 'viewer' } })
  })

  it('does not take a proxy, or another machine, for this one', async () => {
    expect((await get(loopback, '/me', { 'x-forwarded-for': '203.0.113.9' })).statusCode).toBe(401)
    expect((await get(loopback, '/me', {}, '203.0.113.9')).statusCode).toBe(401)
  })
})

describe('every route', () => {
  it('is closed to foreign hosts and pages, public ones too', async () => {
    expect((await get(loopback, '/public', { host: 'evil.example' })).json()).toEqual({ code: 'HOST_REFUSED' })
    const page = { host: 'localhost:8000', origin: 'http://evil.example' }
    expect((await get(loopback, '/public', page)).json()).toEqual({ code: 'ORIGIN_REFUSED' })
    expect((await post(loopback, '/actors', { headers: page })).statusCode).toBe(403)
    expect((await get(loopback, '/public', { host: 'localhost:8000', origin: 'http://localhost:8000' })).body).toBe(
      'anyone',
    )
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'takes no body of the type %s, which pages may send unasked',
    async (type) => {
      const payload = JSON.stringify({ name: 'x', roles: ['admin'] })
      expect((await post(loopback, '/actors', { headers: { 'content-type': type }, payload })).statusCode).toBe(415)
    },
  )

  it('answers 429 with Retry-After after a hundred wrong keys', async () => {
    const app = await appOn({ host: '0.0.0.0', trustLoopback: false })
    for (let i = 0; i < 100; i++) await get(app, '/public', bearer(`assay_${i}`), '203.0.113.7')
    const answer = await get(app, '/public', bearer('assay_x'), '203.0.113.7')
    expect([answer.statusCode, answer.json().code]).toEqual([429, 'TOO_MANY_WRONG_KEYS'])
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3_500)
    await app.close()
  })
})
