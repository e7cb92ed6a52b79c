import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { predictOverHttp, serverFor, waitForVariant } from './staging.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let server: Server
let url: string
let answer: { status: number; body: object }

beforeAll(async () => {
  database = await createTestDatabase()
  server = createServer((_, response) => {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await database.close()
})

const target = () => ({ url, key: 'k', model: 'm', signal: new AbortController().signal })

test('without a server there is nothing to deploy to', async () => {
  await expect(serverFor(database.db)).rejects.toMatchObject({ code: 'NO_SERVER' })
})

test('a refusal of the endpoint comes back with its status and text', async () => {
  answer = { status: 503, body: { code: 'NO_CHAMPION' } }
  await expect(predictOverHttp(target(), { input: {} })).rejects.toMatchObject({
    code: 'STAGING_REFUSED',
    message: expect.stringContaining('503'),
  })
})

test('waits until the wanted version answers', async () => {
  answer = { status: 200, body: { predictions: [{ modelVersion: '1.0.0' }] } }
  setTimeout(() => (answer = { status: 200, body: { predictions: [{ modelVersion: '1.1.0' }] } }), 30)
  await waitForVariant({ ...target(), version: '1.1.0', input: {} })
  expect(answer.body).toEqual({ predictions: [{ modelVersion: '1.1.0' }] })
})
