import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import type { StreamedClaim } from '../workflows/index.ts'
import { claimsSocket } from './claims-socket.ts'

const watchers = new Set<(claim: StreamedClaim) => void>()
const status = { running: true, rate: 5, drift: null, nSent: 0, startedAt: null }
const stream = {
  status: () => status,
  watch(watcher: (claim: StreamedClaim) => void) {
    watchers.add(watcher)
    return () => watchers.delete(watcher) as unknown as void
  },
}
let nReports = 0
const drift = async () => ({ status: 'none', n: ++nReports })

let test: TestApp
let url: string
let viewer: { authorization: string }
const sockets: WebSocket[] = []
beforeAll(async () => {
  test = await createTestApp({ routes: [(app) => claimsSocket(app, { stream, drift })] })
  url = (await test.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
  viewer = await test.as('viewer')
})
afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.terminate())
  await vi.waitUntil(() => watchers.size === 0)
})
afterAll(() => test.close())

async function connect() {
  const socket = new WebSocket(`${url}/ws/claims`, { headers: viewer })
  sockets.push(socket)
  const received: Record<string, unknown>[] = []
  socket.on('message', (data) => received.push(JSON.parse(String(data))))
  await once(socket, 'open')
  await expect.poll(() => watchers.size).toBe(sockets.length)
  return { socket, received }
}
const tell = (seq: number, text = '') =>
  watchers.forEach((watch) => watch({ type: 'claim', seq, claim: { text }, prediction: null } as never))

describe('WS /ws/claims', () => {
  it('needs a key', async () => {
    const socket = new WebSocket(`${url}/ws/claims`)
    const [, response] = await Promise.race([once(socket, 'unexpected-response'), once(socket, 'open')])
    expect(response.statusCode).toBe(401)
  })

  it('sends the stream’s state, drift, and claims as they come', async () => {
    const { received } = await connect()
    tell(1)
    tell(2)
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(4)
    expect(received).toContainEqual({ type: 'status', ...status })
    expect(received).toContainEqual({ type: 'drift', report: { status: 'none', n: expect.any(Number) } })
    const claims = received.filter((message) => message.type === 'claim')
    expect(claims.map(({ seq, nSkipped }) => [seq, nSkipped])).toEqual([
      [1, 0],
      [2, 0],
    ])
  })

  it('makes one drift report for all who look at the same time', async () => {
    const before = nReports
    await Promise.all([connect(), connect(), connect()])
    expect(nReports - before).toBeLessThanOrEqual(1)
  })

  it('sends a slow client the newest claim and how many it missed', async () => {
    const { socket, received } = await connect()
    socket.pause()
    for (let seq = 1; seq <= 500; seq++) {
      tell(seq, 'x'.repeat(50_000))
      if (seq % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    socket.resume()
    const claims = () => received.filter((message) => message.type === 'claim') as { seq: number; nSkipped: number }[]
    await expect.poll(() => claims().at(-1)?.seq).toBe(500)
    expect(claims().length).toBeLessThan(500)
    expect(claims().reduce((sum, claim) => sum + 1 + claim.nSkipped, 0)).toBe(500)
  })
})
