import { authorise, type App } from '../access/index.ts'
import type { LiveStream, StreamedClaim } from '../workflows/index.ts'
import { keepAlive } from './streams/keep-alive.ts'
import { sendWithBackpressure } from './streams/send-newest.ts'

const DRIFT_MS = 2_000
const STATUS_MS = 1_000

/**
 * Live claims with their predictions, the running drift report and the stream's state. A slow client is sent the newest claim and
 * how many were skipped.
 */
export function claimsSocket(
  app: App,
  { stream, drift }: { stream: Pick<LiveStream, 'status' | 'watch'>; drift: () => Promise<unknown> },
): void {
  const sharedDrift = shareFor(DRIFT_MS / 2, drift)
  app.get(
    '/ws/claims',
    {
      websocket: true,
      schema: { tags: ['claims'], summary: 'WebSocket: claims as they come, with score, decision and running drift' },
      preHandler: authorise('view'),
    },
    (socket, request) => {
      keepAlive(socket)
      const sendClaim = sendWithBackpressure<StreamedClaim>(socket, (claim, nSkipped) =>
        JSON.stringify({ ...claim, nSkipped }),
      )
      const send = (message: object) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(message))
      const sendStatus = () => send({ type: 'status', ...stream.status() })
      const sendDrift = () =>
        sharedDrift().then(
          (report) => report !== null && send({ type: 'drift', report }),
          (error) => request.log.warn({ err: error }, 'no drift report for the live view'),
        )
      const unwatch = stream.watch(sendClaim)
      const timers = [setInterval(sendStatus, STATUS_MS), setInterval(() => void sendDrift(), DRIFT_MS)]
      sendStatus()
      void sendDrift()
      socket.on('close', () => {
        unwatch()
        for (const timer of timers) clearInterval(timer)
      })
    },
  )
}

/** Many viewers, one report: calls within `ms` of the last one get its answer. */
function shareFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined
  return () => {
    const now = performance.now()
    if (!last || now - last.at > ms) last = { at: now, answer: read() }
    return last.answer
  }
}
