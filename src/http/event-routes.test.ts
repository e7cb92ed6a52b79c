import { WebSocket } from 'ws'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { emitEvent, openListener, startChainer, type Listener } from '../platform/index.ts'

let test: TestApp
let url: string
let chainer: { stop(): Promise<void> }
let listener: Listener
let viewer: { authorization: string }
const open: WebSocket[] = []

beforeAll(async () => {
  test = await createTestApp()
  url = (await test.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
  listener = await openListener(test.connection)
  chainer = startChainer(test.db, listener, () => {})
  viewer = await test.as('viewer')
})
afterEach(() => open.splice(0).forEach((socket) => socket.terminate()))
afterAll(async () => {
  await chainer.stop()
  await listener.close()
  await test.close()
})

function follow(after: number, headers: object = viewer) {
  const socket = new WebSocket(`${url}/ws/events?after=${after}`, { headers: { ...headers } })
  const received: { position: number; type: string }[] = []
  socket.on('message', (data) => received.push(JSON.parse(String(data))))
  open.push(socket)
  return { socket, received }
}

/** Position of the newest event, once all that were written have theirs. */
async function last(): Promise<number> {
  await vi.waitUntil(async () => (await test.db.$client.query('select 1 from events_inbox limit 1')).rowCount === 0, {
    timeout: 10_000,
  })
  return (await page({ after: 0, limit: 1 })).last
}
const page = async (query: Record<string, number>) =>
  (await test.app.inject({ url: '/api/v1/events', query: query as never, headers: viewer })).json()
const emit = (n: number) =>
  Promise.all(
    Array.from({ length: n }, (_, i) => emitEvent(test.db, { type: 'test.made', actor: 'local', object: `test:${i}` })),
  )

describe('GET /events', () => {
  it('is refused with a position that is none', async () => {
    const answer = await test.app.inject({ url: '/api/v1/events?after=-1', headers: viewer })
    expect([answer.statusCode, answer.json().faults[0].path]).toEqual([422, 'query.after'])
  })

  it('needs a key', async () => {
    expect((await test.app.inject({ url: '/api/v1/events' })).statusCode).toBe(401)
  })

  it('gives events page by page, and the newest position', async () => {
    const before = await last()
    await emit(5)
    expect(await last()).toBe(before + 5)
    const first = await page({ after: before, limit: 3 })
    expect(first.items.map((event: { position: number }) => event.position)).toEqual([
      before + 1,
      before + 2,
      before + 3,
    ])
    expect(first.items[0]).toMatchObject({ type: 'test.made', actor: 'local', data: {} })
    expect((await page({ after: before + 3, limit: 3 })).items).toHaveLength(2)
  })
})

describe('GET /audit/chain', () => {
  const get = (query: string, headers: object = viewer) =>
    test.app.inject({ url: `/api/v1/audit/chain${query}`, headers: { ...headers } })

  it('is refused with a head that is none', async () => {
    const answer = await get('?head=12')
    expect([answer.statusCode, answer.json().faults[0].path]).toEqual([422, 'query.head'])
  })

  it('needs a key that may view', async () => {
    expect((await get('', {})).statusCode).toBe(401)
  })

  it('says that the chain is intact, and of what it is not', async () => {
    await emit(2)
    const end = await last()
    const intact = (await get('')).json()
    expect(intact).toMatchObject({ intact: true, fault: null, head: { position: end } })
    expect((await get(`?head=${end}:${intact.head.hash}`)).json()).toEqual(intact)
    const cut = (await get(`?head=${end + 1}:${intact.head.hash}`)).json()
    expect(cut).toMatchObject({ intact: false, fault: { position: end + 1, kind: 'missing' } })
  })
})

describe('WS /ws/events', () => {
  it('needs a key', async () => {
    const { socket } = follow(0, {})
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
      socket.on('error', () => {})
    })
    expect(status).toBe(401)
  })

  it('sends what was stored after the position, then what comes, each once and in order', async () => {
    const before = await last()
    await emit(450)
    expect(await last()).toBe(before + 450)
    const { received } = follow(before + 10)
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(440)
    await emit(20)
    await expect.poll(() => received.length, { timeout: 10_000 }).toBe(460)
    expect(received.map((event) => event.position)).toEqual(Array.from({ length: 460 }, (_, i) => before + 11 + i))
  })

  it('ends when the app closes', async () => {
    const other = await createTestApp()
    const address = (await other.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
    const socket = new WebSocket(`${address}/api/v1/ws/events`, { headers: await other.as('viewer') })
    await new Promise((resolve) => socket.on('open', resolve))
    const closed = new Promise((resolve) => socket.on('close', resolve))
    await other.close()
    await expect(closed).resolves.toBe(1005)
  })
})
