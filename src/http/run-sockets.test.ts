import { once } from 'node:events'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { LOGS_CHANNEL, MEASUREMENTS_CHANNEL, pipelineRoutes } from '../pipelines/index.ts'
import { openListener, type Listener } from '../platform/index.ts'
import { runSockets } from './run-sockets.ts'

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
      (app) => runSockets(app, { db, listener: lazy }),
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

async function writeLog(runId: string, from: number, to: number): Promise<void> {
  await test.db.$client.query(
    `insert into step_logs (run_id, seq, at, step, level, text)
     select $1, n, now(), 'tests', 'info', 'line ' || n from generate_series($2::int, $3::int) n`,
    [runId, from, to],
  )
  await test.db.$client.query('select pg_notify($1, $2)', [LOGS_CHANNEL, runId])
}

async function writeMeasurements(runId: string, from: number, to: number): Promise<void> {
  await test.db.$client.query(
    `insert into step_measurements (run_id, seq, step, attempt, at, series, points)
     select $1, n, 'full_train', 1, now(), $4, jsonb_build_array(jsonb_build_array(n, 0.5)) from generate_series($2::int, $3::int) n`,
    [runId, from, to, JSON.stringify(series)],
  )
  await test.db.$client.query('select pg_notify($1, $2)', [MEASUREMENTS_CHANNEL, runId])
}

describe.each([
  {
    title: 'the log of a run',
    name: 'logs',
    prefix: '',
    write: writeLog,
    first: { seq: 5, step: 'tests', level: 'info', text: 'line 5' },
  },
  {
    title: 'what a run measures',
    name: 'measurements',
    prefix: '/api/v1',
    write: writeMeasurements,
    first: { seq: 5, step: 'full_train', attempt: 1, series, points: [[5, 0.5]] },
  },
])('$title', ({ name, prefix, write, first }) => {
  it('comes from the number asked for, then as it is written, without other runs', async () => {
    await write('r1', 1, 10)
    await write('r2', 1, 3)
    const socket = new WebSocket(`${url}${prefix}/ws/${name}/r1?after=4`, { headers: await test.as('viewer') })
    const received: { seq: number }[] = []
    socket.on('message', (data) => received.push(JSON.parse(String(data))))
    await once(socket, 'open')
    await expect.poll(() => received.length).toBe(6)
    await write('r2', 4, 5)
    await write('r1', 11, 12)
    await expect.poll(() => received.length).toBe(8)
    expect(received.map(({ seq }) => seq)).toEqual([5, 6, 7, 8, 9, 10, 11, 12])
    expect(received[0]).toMatchObject(first)
    socket.close()
  })

  it('needs a key', async () => {
    const socket = new WebSocket(`${url}/api/v1/ws/${name}/r1`)
    const [, response] = await Promise.race([once(socket, 'unexpected-response'), once(socket, 'open')])
    expect(response.statusCode).toBe(401)
  })
})

it('what a run measures can be asked for page by page', async () => {
  await writeMeasurements('r3', 1, 5)
  const ask = async (query: string, headers = {}) =>
    test.app.inject({ url: `/api/v1/pipeline/r3/measurements${query}`, headers })
  expect((await ask('?after=-1')).statusCode).toBe(422)
  expect((await ask('?before=3')).statusCode).toBe(422)
  expect((await ask('')).statusCode).toBe(401)
  const { items, last } = (await ask('?after=1&limit=2', await test.as('viewer'))).json()
  expect(items.map(({ seq }: { seq: number }) => seq)).toEqual([2, 3])
  expect(last).toBe(3)
})
