import http from 'node:http'
import https from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'

export type LoadTestOptions = {
  /** the server, e.g. `http://127.0.0.1:8000` */
  url: string
  /** API key; none on a trusted loopback */
  key?: string
  model: string
  variant?: string
  /** inputs, sent in turn, one a request */
  rows: readonly Record<string, unknown>[]
  requestsPerSecond: number
  durationMs: number
  signal?: AbortSignal
}

/** Latencies of the requests that succeeded; Infinity when none did. */
export type LoadTestResult = { nRequests: number; nErrors: number; p50Ms: number; p95Ms: number; p99Ms: number }

const REQUEST_TIMEOUT_MS = 10_000
const MAX_SOCKETS = 64

/**
 * Sends single predictions over HTTP at a fixed rate, whether or not answers keep up (open loop), and measures each from the
 * moment it was due. A server that stalls is thus charged for every request that a real caller would have made meanwhile
 * (no coordinated omission). Anything but a 200 is an error; errors have no latency.
 * @throws the signal's reason when aborted.
 */
export async function loadTest(options: LoadTestOptions): Promise<LoadTestResult> {
  const { requestsPerSecond, durationMs, signal, rows } = options
  const nRequests = Math.max(1, Math.floor((requestsPerSecond * durationMs) / 1000))
  const send = createSender(options)
  const bodies = rows.map((row) => JSON.stringify({ inputs: row }))
  const latencies: number[] = []
  let nErrors = 0
  const answers: Promise<void>[] = []
  try {
    const startedMs = performance.now()
    for (let i = 0; i < nRequests; i++) {
      const dueMs = startedMs + (i * 1000) / requestsPerSecond
      const waitMs = dueMs - performance.now()
      if (waitMs > 0) await delay(waitMs, undefined, { signal })
      signal?.throwIfAborted()
      const answer = send.post(bodies[i % bodies.length]).then((isOk) => {
        if (isOk) latencies.push(performance.now() - dueMs)
        else nErrors++
      })
      answers.push(answer)
    }
    await Promise.all(answers)
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    send.close()
  }
  latencies.sort((a, b) => a - b)
  const quantile = (p: number) => latencies[Math.ceil(p * latencies.length) - 1] ?? Infinity
  return { nRequests, nErrors, p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99) }
}

function createSender({ url, key, model, variant, signal }: LoadTestOptions) {
  const target = new URL(`/api/v1/predict/${encodeURIComponent(model)}`, url)
  if (variant !== undefined) target.searchParams.set('variant', variant)
  const protocol = target.protocol === 'https:' ? https : http
  const agent = new protocol.Agent({ keepAlive: true, maxSockets: MAX_SOCKETS })
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }

  /** True for a 200 whose body has arrived, false for anything else; never rejects. */
  function post(body: string): Promise<boolean> {
    return new Promise((resolve) => {
      const request = protocol.request(
        target,
        { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, signal },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode === 200))
          response.on('error', () => resolve(false))
        },
      )
      request.setTimeout(REQUEST_TIMEOUT_MS, () => request.destroy(new Error('timed out')))
      request.on('error', () => resolve(false))
      request.end(body)
    })
  }
  return { post, close: () => agent.destroy() }
}
