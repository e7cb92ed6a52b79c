import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { LOGS_CHANNEL } from '../pipelines/index.ts'
import { openListener, type Listener } from '../platform/index.ts'
import { runLogSocket } from './run-log-socket.ts'

let test: TestApp
let listener: Listener
let url: string
beforeAll(async () => {
  const parts = {} as { listener: Listener }
  const lazy = {
    listen: (...args: Parameters<Listener['listen']>) => parts.listener.listen(...args),
    close: async () => {},
  }
  test = await createTestApp({ routesOf: (db) => [(app) => runLogSocket(app, { db, listener: lazy })] })
  listener = parts.listener = await openListener(test.connection)
  url = (await test.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
})
afterAll(async () => {
  await listener.close()
  await test.close()
})

async function write(runId: string, from: number, to: number): Promise<void> {
  await test.db.$client.query(
    `insert into step_logs (run_id, seq, at, step, level, text)
     select $1, n, now(), 'tests', 'info', 'line ' || n from generate_series($2::int, $3::int) n`,
    [runId, from, to],
  )
  await test.db.$client.query('select pg_notify($1, $2)', [LOGS_CHANNEL, runId])
}

it('a run’s log comes from the line asked for, then as it is written, without lines of other runs', async () => {
  await write('r1', 1, 10)
  await write('r2', 1, 3)
  const socket = new WebSocket(`${url}/ws/logs/r1?after=4`, { headers: await test.as('viewer') })
  const received: { seq: number; text: string }[] = []
  socket.on('message', (data) => received.push(JSON.parse(String(data))))
  await once(socket, 'open')
  await expect.poll(() => received.length).toBe(6)
  await write('r2', 4, 5)
  await write('r1', 11, 12)
  await expect.poll(() => received.length).toBe(8)
  expect(received.map((line) => line.seq)).toEqual([5, 6, 7, 8, 9, 10, 11, 12])
  expect(received[0]).toMatchObject({ step: 'tests', level: 'info', text: 'line 5' })
  socket.close()
})

it('the log needs a key', async () => {
  const socket = new WebSocket(`${url}/api/v1/ws/logs/r1`)
  const [, response] = await Promise.race([once(socket, 'unexpected-response'), once(socket, 'open')])
  expect(response.statusCode).toBe(401)
})
