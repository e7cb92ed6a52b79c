import type { WebSocket } from 'ws'

const PING_MS = 30_000

/** Pings a socket and ends it when the last ping stayed unanswered: half-open connections do not tell by themselves. */
export function keepAlive(socket: WebSocket, pingMs = PING_MS): void {
  let isAlive = true
  socket.on('pong', () => {
    isAlive = true
  })
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate()
    isAlive = false
    socket.ping()
  }, pingMs)
  socket.on('close', () => clearInterval(timer))
  // A socket that breaks closes as well; without a listener its error would end the process.
  socket.on('error', () => {})
}
