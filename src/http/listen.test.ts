import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { listen } from './listen.ts'

let first: TestApp
let second: TestApp
beforeAll(async () => {
  first = await createTestApp()
  second = await createTestApp()
})
afterAll(async () => {
  await first.close()
  await second.close()
})

it('listens on a free port, and names a taken one', async () => {
  const url = await listen(first.app, { host: '127.0.0.1', port: 0 })
  expect(await (await fetch(`${url}/health`)).text()).toBe('OK')
  const port = Number(new URL(url).port)
  await expect(listen(second.app, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    details: { host: '127.0.0.1', port },
  })
})
