import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openResumableSocket, reconnectDelayMs, type SocketLike, type SocketState } from './resumable-socket.ts'

class FakeSocket extends EventTarget implements SocketLike {
  readonly path: string
  isClosed = false
  constructor(path: string) {
    super()
    this.path = path
  }
  close() {
    this.isClosed = true
    this.drops(1005)
  }
  opens = () => this.dispatchEvent(new Event('open'))
  receives = (data: unknown) => this.dispatchEvent(new MessageEvent('message', { data }))
  says = (message: unknown) => this.receives(JSON.stringify(message))
  drops = (code = 1006) => this.dispatchEvent(new CloseEvent('close', { code }))
}

function setUp() {
  const sockets: FakeSocket[] = []
  const states: SocketState[] = []
  const received: { position: number }[] = []
  let position = 7
  const close = openResumableSocket({
    path: () => `/ws/events?after=${position}`,
    onMessage: (message) => {
      received.push(message as { position: number })
      position = (message as { position: number }).position
    },
    onState: (state) => states.push(state),
    connect: (path) => {
      const socket = new FakeSocket(path)
      sockets.push(socket)
      return socket
    },
  })
  return { sockets, states, received, close }
}

describe('openResumableSocket', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('comes back from the position it had reached', () => {
    const { sockets, received, states } = setUp()
    expect(sockets[0].path).toBe('/ws/events?after=7')
    sockets[0].opens()
    sockets[0].says({ position: 9 })
    sockets[0].drops()
    vi.advanceTimersByTime(500)
    expect(sockets[1].path).toBe('/ws/events?after=9')
    expect(received).toEqual([{ position: 9 }])
    expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting'])
  })

  it('waits longer after each failure and briefly again after a success', () => {
    const { sockets } = setUp()
    for (let failure = 0; failure < 5; failure++) {
      sockets.at(-1)!.drops()
      vi.advanceTimersByTime(15_000)
    }
    const before = sockets.length
    sockets.at(-1)!.drops()
    vi.advanceTimersByTime(1_000)
    expect(sockets.length).toBe(before)
    vi.advanceTimersByTime(14_000)
    sockets.at(-1)!.opens()
    sockets.at(-1)!.drops()
    vi.advanceTimersByTime(500)
    expect(sockets.length).toBe(before + 2)
  })

  it('does not come back once closed', () => {
    const { sockets, close, states } = setUp()
    close()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(sockets[0].isClosed).toBe(true)
    expect(states.at(-1)).toBe('closed')
  })

  it('does not open a connection that was still waited for when closed', () => {
    const { sockets, close } = setUp()
    sockets[0].drops()
    close()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
  })

  it('does not come back after the server has said that this was the end', () => {
    const { sockets, states } = setUp()
    sockets[0].drops(1000)
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(states.at(-1)).toBe('closed')
  })

  it('drops a message that is not JSON', () => {
    const { sockets, received } = setUp()
    sockets[0].receives('{')
    sockets[0].receives(new Uint8Array())
    expect(received).toEqual([])
  })
})

describe('reconnectDelayMs', () => {
  it('doubles up to 15 s and is spread over its upper half', () => {
    expect([0, 1, 2, 10].map((attempt) => reconnectDelayMs(attempt, () => 1))).toEqual([500, 1000, 2000, 15_000])
    expect(reconnectDelayMs(0, () => 0)).toBe(250)
  })
})
