import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { sourceTestRoute } from './source-test-route.ts'

let test: TestApp
let folder: string
let developer: { authorization: string }
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-source-route-'))
  test = await createTestApp({ routes: [(app) => sourceTestRoute(app, { dataRoots: undefined })] })
  developer = await test.as('developer')
})
afterAll(async () => {
  await test.close()
  fs.rmSync(folder, { recursive: true })
})

const ask = (headers: Record<string, string>, source: object, more = {}) =>
  test.app.inject({ method: 'POST', url: '/api/v1/data/sources/test', headers, payload: { source, ...more } })
const file = (name: string, text: string) => {
  const source = { kind: 'csv', path: path.join(folder, name) }
  fs.writeFileSync(source.path, text)
  return source
}

it('refuses what is not in the schema, no key, and no right', async () => {
  const source = { kind: 'csv', path: '/nowhere.csv' }
  for (const wrong of [{}, { kind: 'ftp', path: 'x' }, { kind: 'postgres', url: 'postgres://u:p@h', query: 'x' }]) {
    expect((await ask(developer, wrong)).statusCode).toBe(422)
  }
  expect((await ask(developer, source, { keep: true })).statusCode).toBe(422)
  expect((await ask({}, source)).statusCode).toBe(401)
  expect((await ask(await test.as('viewer'), source)).statusCode).toBe(403)
})

it('shows columns and the first five rows', async () => {
  const rows = Array.from({ length: 9 }, (_, i) => `c${i};${i}`)
  const answer = await ask(developer, file('claims.csv', ['id;amount', ...rows].join('\n')))
  expect([answer.statusCode, answer.json()]).toMatchObject([
    200,
    { isReadable: true, columns: [{ name: 'id' }, { name: 'amount' }] },
  ])
  expect(answer.json().rows.map(([id]: [string]) => id)).toEqual(['c0', 'c1', 'c2', 'c3', 'c4'])
})

it('says why a source cannot be read, without a credential', async () => {
  const missing = await ask(developer, { kind: 'csv', path: path.join(folder, 'none.csv') })
  expect([missing.statusCode, missing.json()]).toMatchObject([200, { isReadable: false }])
  expect(missing.json().message).toContain('none.csv')
  const unset = await ask(developer, { kind: 'postgres', urlEnv: 'ASSAY_TEST_UNSET_URL', query: 'select 1' })
  expect(unset.json()).toMatchObject({ isReadable: false, message: expect.stringContaining('ASSAY_TEST_UNSET_URL') })
})
