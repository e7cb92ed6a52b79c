import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { MEASUREMENTS_CHANNEL, pipelineRoutes } from '../pipelines/index.ts'
import { openListener, type Listener } from '../platform/index.ts'
import { runMeasurementSocket } from './run-measurement-socket.ts'

let test: TestApp
let listener: Listener
let url: string
beforeAll(async () => {
  const parts = {} as { listener: Listener }
  const lazy = {
    listen: (...args: Parameters<Listener['listen']>) => parts.listener.listen(...args),
    close: async () => {},
  }
  test = await createTestApp({
    routesOf: (db) => [
      (app) => runMeasurementSocket(app, { db, listener: lazy }),
      (app) => pipelineRoutes(app, { db, definitions: [] }),
    ],
  })
  listener = parts.listener = await openListener(test.connection)
  url = (await test.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
})
afterAll(async () => {
  await listener.close()
  await test.close()
})

const series = { subject: 'random_forest', metric: 'rocAuc', over: 'fold', on: 'validation', last: 5 }

async function write(runId: string, from: number, to: number): Promise<void> {
  await test.db.$client.query(
    `insert into step_measurements (run_id, seq, step, attempt, at, series, points)
     select $1, n, 'full_train', 1, now(), $4, jsonb_build_array(jsonb_build_array(n, 0.5)) from generate_series($2::int, $3::int) n`,
    [runId, from, to, JSON.stringify(series)],
  )
  await test.db.$client.query('select pg_notify($1, $2)', [MEASUREMENTS_CHANNEL, runId])
}

it('what a run measures comes from the number asked for, then as it is stored, without other runs', async () => {
  await write('r1', 1, 3)
  await write('r2', 1, 3)
  const socket = new WebSocket(`${url}/api/v1/ws/measurements/r1?after=1`, { headers: await test.as('viewer') })
  const received: { seq: number }[] = []
  socket.on('message', (data) => received.push(JSON.parse(String(data))))
  await once(socket, 'open')
  await expect.poll(() => received.length).toBe(2)
  await write('r2', 4, 5)
  await write('r1', 4, 5)
  await expect.poll(() => received.length).toBe(4)
  expect(received.map(({ seq }) => seq)).toEqual([2, 3, 4, 5])
  expect(received[0]).toMatchObject({ step: 'full_train', attempt: 1, series, points: [[2, 0.5]] })
  socket.close()
})

it('the same can be asked for page by page', async () => {
  const ask = async (query: string, headers = {}) =>
    test.app.inject({ url: `/api/v1/pipeline/r2/measurements${query}`, headers })
  expect((await ask('?after=-1')).statusCode).toBe(422)
  expect((await ask('?before=3')).statusCode).toBe(422)
  expect((await ask('')).statusCode).toBe(401)
  const { items, last } = (await ask('?after=1&limit=2', await test.as('viewer'))).json()
  expect(items.map(({ seq }: { seq: number }) => seq)).toEqual([2, 3])
  expect(last).toBe(3)
})

it('both need a key', async () => {
  const socket = new WebSocket(`${url}/api/v1/ws/measurements/r1`)
  const [, response] = await Promise.race([once(socket, 'unexpected-response'), once(socket, 'open')])
  expect(response.statusCode).toBe(401)
})
