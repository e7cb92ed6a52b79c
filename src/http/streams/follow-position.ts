import type { WebSocket } from 'ws'

/** A stored sequence that grows at its end, and whose items carry their ascending position. */
export type PositionSource<Item> = {
  /** Items after a position, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<Item[]>
  positionOf(item: Item): number
  /** Calls back when there may be more. @returns how to stop */
  subscribe(wake: () => void): () => void
  /** Nothing comes after this item: the socket is closed. */
  isLast?(item: Item): boolean
}

const PAGE = 200
/** Wake-ups are lost while the listener reconnects. */
const POLL_MS = 2_000

/**
 * Sends every item after a position over a socket, one message each, and goes on as they come, until the socket closes.
 * Nothing is skipped and nothing sent twice: a client that returns asks for what comes after the last position it saw.
 * Back-pressure: the next page is read only when the last message of this one has left the process, so a slow client costs
 * one page of memory.
 */
export function followPosition<Item>(
  socket: WebSocket,
  source: PositionSource<Item>,
  { after, onError }: { after: number; onError: (error: unknown) => void },
): void {
  let position = after
  let isRunning = false
  let isWanted = false

  async function drain(): Promise<void> {
    do {
      isWanted = false
      for (;;) {
        const items = await source.read(position, PAGE)
        for (const [place, item] of items.entries()) {
          await send(socket, item, place === items.length - 1)
          position = source.positionOf(item)
          if (source.isLast?.(item)) return socket.close(1000, 'the end')
        }
        if (items.length < PAGE) break
      }
    } while (isWanted && socket.readyState === socket.OPEN)
  }

  const wake = () => {
    isWanted = true
    if (isRunning || socket.readyState !== socket.OPEN) return
    isRunning = true
    drain()
      .catch((error: unknown) => {
        if (socket.readyState !== socket.OPEN) return
        onError(error)
        socket.close(1011, 'cannot read on')
      })
      .finally(() => {
        isRunning = false
      })
  }
  const unsubscribe = source.subscribe(wake)
  const timer = setInterval(wake, POLL_MS)
  socket.on('close', () => {
    clearInterval(timer)
    unsubscribe()
  })
  wake()
}

/** @param waits resolves only when the message has left the process */
function send(socket: WebSocket, item: unknown, waits: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(JSON.stringify(item), (error) => (error ? reject(error) : resolve()))
    if (!waits) resolve()
  })
}
