import type { WebSocket } from 'ws'

/** What is not yet sent to a slow client may take this much memory. */
const LIMIT_BYTES = 256 * 1024

/**
 * For live views, where the newest counts and the past does not: while more than `limitBytes` wait to leave, a message replaces
 * the one that is held back, and the next that is sent says how many were left out.
 * @returns send(message): `message` gets the number of messages skipped since the last one that was sent
 */
export function sendWithBackpressure<Message>(
  socket: Pick<WebSocket, 'bufferedAmount' | 'readyState' | 'OPEN' | 'send'>,
  encode: (message: Message, nSkipped: number) => string,
  limitBytes = LIMIT_BYTES,
): (message: Message) => void {
  let held: { message: Message } | undefined
  let nSkipped = 0

  function put(message: Message): void {
    const text = encode(message, nSkipped)
    nSkipped = 0
    socket.send(text, release)
  }
  /** A message has left: the held one may go. */
  function release(): void {
    if (!held || socket.readyState !== socket.OPEN || socket.bufferedAmount > limitBytes) return
    const { message } = held
    held = undefined
    put(message)
  }
  return (message) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount <= limitBytes && !held) return put(message)
    if (held) nSkipped++
    held = { message }
  }
}
