import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { loadTest } from './load-test.ts'

type Seen = { url: string; body: string; authorization: string | undefined }
let server: http.Server | undefined

/** A server that answers by `answer`; tells what it saw. */
async function serve(
  answer: (n: number, response: http.ServerResponse) => void,
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const listening = http.createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({ url: request.url!, body, authorization: request.headers.authorization })
    answer(seen.length, response)
  })
  server = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, seen }
}

afterEach(() => new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined))))

const rows = [{ amount: 1 }, { amount: 2 }]

test('rows are sent in turn to the variant with the key', async () => {
  const { url, seen } = await serve((_, response) => response.end('{}'))
  const result = await loadTest({
    url,
    key: 'k',
    model: 'm',
    variant: 'staging',
    rows,
    requestsPerSecond: 500,
    durationMs: 20,
  })
  expect(result).toMatchObject({ nRequests: 10, nErrors: 0 })
  expect(seen).toHaveLength(10)
  expect(seen[0]).toEqual({
    url: '/api/v1/predict/m?variant=staging',
    body: '{"inputs":{"amount":1}}',
    authorization: 'Bearer k',
  })
  expect(result.p50Ms).toBeLessThanOrEqual(result.p95Ms)
  expect(result.p95Ms).toBeLessThanOrEqual(result.p99Ms)
})

test('anything but a 200 is an error; without a success there is no latency', async () => {
  const { url } = await serve((n, response) => (n === 1 ? response.destroy() : response.writeHead(503).end()))
  const result = await loadTest({ url, model: 'm', rows, requestsPerSecond: 200, durationMs: 25 })
  expect(result).toEqual({ nRequests: 5, nErrors: 5, p50Ms: Infinity, p95Ms: Infinity, p99Ms: Infinity })
})

test('a stalled server is charged for the requests that were due meanwhile', async () => {
  const held: http.ServerResponse[] = []
  const { url } = await serve((n, response) => {
    held.push(response)
    if (n === 1) setTimeout(() => held.splice(0).forEach((waiting) => waiting.end('{}')), 100)
    else if (held.length === 1) held.pop()!.end('{}')
  })
  const result = await loadTest({ url, model: 'm', rows, requestsPerSecond: 200, durationMs: 200 })
  expect(result).toMatchObject({ nRequests: 40, nErrors: 0 })
  // 20 of the 40 were due in the 100 ms of the stall: on average they waited half of it.
  expect(result.p95Ms).toBeGreaterThan(60)
})

test('it ends when it is told to', async () => {
  const { url } = await serve((_, response) => response.end('{}'))
  const abort = new AbortController()
  const running = loadTest({ url, model: 'm', rows, requestsPerSecond: 10, durationMs: 60_000, signal: abort.signal })
  abort.abort(new Error('cancelled'))
  await expect(running).rejects.toThrow('cancelled')
})
