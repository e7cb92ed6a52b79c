import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callerSignal } from './caller-signal.ts'

/** The signals of requests in their order; one that wants to wait is never answered. */
const signals: AbortSignal[] = []
const server = http.createServer(async (request, response) => {
  signals.push(callerSignal(response))
  const said = await text(request)
  server.emit('heard')
  if (said !== 'wait') response.end(said)
})
let url: string

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

test('whoever gets the answer has not gone, with a body or without', async () => {
  await (await fetch(url)).text()
  expect(await (await fetch(url, { method: 'POST', body: 'please' })).text()).toBe('please')
  expect(signals.splice(0).map(({ aborted }) => aborted)).toEqual([false, false])
})

test('who hangs up before the answer has gone', async () => {
  const controller = new AbortController()
  const heard = once(server, 'heard')
  const asked = fetch(url, { method: 'POST', body: 'wait', signal: controller.signal }).catch(() => 'gone')
  await heard
  const [signal] = signals
  expect(signal.aborted).toBe(false)
  const aborted = once(signal, 'abort')
  controller.abort()
  expect(await asked).toBe('gone')
  await aborted
  expect(signal.reason).toMatchObject({ code: 'EXPLANATION_CANCELLED' })
})
