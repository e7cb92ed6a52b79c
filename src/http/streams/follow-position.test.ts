import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { afterEach, expect, it } from 'vitest'
import { followPosition, type PositionSource } from './follow-position.ts'
import { keepAlive } from './keep-alive.ts'

const servers: WebSocketServer[] = []
afterEach(() => servers.splice(0).forEach((server) => server.close()))

async function connect(onConnection: (socket: WebSocket) => void): Promise<{ client: WebSocket; received: unknown[] }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  server.on('connection', onConnection)
  await once(server, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const received: unknown[] = []
  client.on('message', (data) => received.push(JSON.parse(String(data))))
  await once(client, 'open')
  return { client, received }
}

type Line = { seq: number; text?: string }

function growingSource(lines: Line[]): PositionSource<Line> & { wake(): void; nReads: number; nSubscribers: number } {
  const wakers = new Set<() => void>()
  return {
    nReads: 0,
    nSubscribers: 0,
    async read(after, limit) {
      this.nReads++
      return lines.filter((line) => line.seq > after).slice(0, limit)
    },
    positionOf: (line) => line.seq,
    subscribe(wake) {
      wakers.add(wake)
      this.nSubscribers++
      return () => {
        wakers.delete(wake)
        this.nSubscribers--
      }
    },
    isLast: (line) => line.text === 'end',
    wake: () => wakers.forEach((wake) => wake()),
  }
}

const fail = (error: unknown) => {
  throw error
}

it('followPosition sends each item once across pages and wake-ups, and closes after the last', async () => {
  const lines: Line[] = Array.from({ length: 500 }, (_, i) => ({ seq: i + 1 }))
  const source = growingSource(lines)
  const { client, received } = await connect((socket) => followPosition(socket, source, { after: 3, onError: fail }))
  await expect.poll(() => received.length).toBe(497)
  lines.push({ seq: 501 }, { seq: 502, text: 'end' })
  source.wake()
  source.wake()
  const [code] = await once(client, 'close')
  expect([code, received.length, received[0], received.at(-1)]).toEqual([
    1000,
    499,
    { seq: 4 },
    { seq: 502, text: 'end' },
  ])
  await expect.poll(() => source.nSubscribers).toBe(0)
})

it('followPosition reads no further than a client that does not read takes', async () => {
  const lines: Line[] = Array.from({ length: 4_000 }, (_, i) => ({ seq: i + 1, text: 'x'.repeat(10_000) }))
  const source = growingSource(lines)
  const { client, received } = await connect((socket) => followPosition(socket, source, { after: 0, onError: fail }))
  client.pause()
  let before = -1
  await expect.poll(() => before === (before = source.nReads), { interval: 200, timeout: 10_000 }).toBe(true)
  expect(source.nReads).toBeLessThan(20)
  client.resume()
  await expect.poll(() => received.length, { timeout: 20_000 }).toBe(4_000)
  client.terminate()
})

it('followPosition reports a failed read and closes the socket', async () => {
  const errors: unknown[] = []
  const broken = { ...growingSource([]), read: () => Promise.reject(new Error('gone')) }
  const { client } = await connect((socket) =>
    followPosition(socket, broken, { after: 0, onError: (error) => errors.push(error) }),
  )
  const [code] = await once(client, 'close')
  expect([code, errors]).toEqual([1011, [new Error('gone')]])
})

it('keepAlive leaves a client that answers, and ends one that does not', async () => {
  const { client } = await connect((socket) => keepAlive(socket, 20))
  let nPings = 0
  client.on('ping', () => nPings++)
  await expect.poll(() => nPings).toBeGreaterThan(3)
  expect(client.readyState).toBe(client.OPEN)
  client.pause()
  await expect.poll(() => servers[0].clients.size).toBe(0)
})
