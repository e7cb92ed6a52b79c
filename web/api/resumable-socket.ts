import { apiBase } from './client.ts'
import { socketProtocols } from './credentials.ts'

export type SocketState = 'connecting' | 'open' | 'waiting' | 'closed'

/** The part of a WebSocket that is used; the browser's own fits. */
export type SocketLike = EventTarget & { close(): void }

type Options = {
  /** Path under the API's prefix, asked again before each connection, so that it can carry the position reached. */
  path: () => string
  onMessage: (message: unknown) => void
  onState?: (state: SocketState) => void
  connect?: (path: string) => SocketLike
}

/** The server has said everything: there is nothing to come back for. */
const normalEnd = 1000
const firstDelayMs = 500
const longestDelayMs = 15_000

/** Wait before the nth reconnection: doubles from 0.5 s up to 15 s, spread by up to a half so that clients do not return at once. */
export function reconnectDelayMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(firstDelayMs * 2 ** attempt, longestDelayMs)
  return full * (0.5 + random() / 2)
}

/**
 * A WebSocket that comes back by itself until it is closed, each time from the position `path` then says, so that nothing is
 * missed and nothing is sent twice. Messages are JSON; one that is not is dropped.
 * @returns how to close it for good.
 */
export function openResumableSocket(options: Options): () => void {
  const { path, onMessage, onState = () => {}, connect = connectBrowser } = options
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let socket: SocketLike | undefined
  let isClosed = false

  const open = () => {
    onState('connecting')
    socket = connect(path())
    socket.addEventListener('open', () => {
      attempt = 0
      onState('open')
    })
    socket.addEventListener('message', (event) => {
      const message = parse((event as MessageEvent).data)
      if (message !== undefined) onMessage(message)
    })
    socket.addEventListener('close', (event) => {
      if (isClosed) return
      if ((event as CloseEvent).code === normalEnd) return onState('closed')
      onState('waiting')
      timer = setTimeout(open, reconnectDelayMs(attempt++))
    })
  }
  open()

  return () => {
    isClosed = true
    clearTimeout(timer)
    socket?.close()
    onState('closed')
  }
}

function connectBrowser(path: string): SocketLike {
  const url = new URL(apiBase + path, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(url, socketProtocols())
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
