import fs from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { testFolder } from '../sources/landed.fixture.ts'
import { uploadRoutes } from './routes.ts'
import { UploadStore } from './upload-store.ts'

const folder = testFolder()
const uploads = new UploadStore(folder.path)
let test: TestApp
let developer: { authorization: string }
let viewer: { authorization: string }
beforeAll(async () => {
  test = await createTestApp({ routes: [(app) => uploadRoutes(app, { uploads })] })
  developer = await test.as('developer')
  viewer = await test.as('viewer')
})
afterAll(() => test.close())

const UNKNOWN = '00000000-0000-4000-8000-000000000000'
const OCTETS = { 'content-type': 'application/octet-stream' }
type Method = 'POST' | 'GET' | 'PATCH' | 'DELETE'
const ask = (method: Method, url: string, headers = {}, payload?: object | string | Buffer) =>
  test.app.inject({ method, url: `/api/v1${url}`, headers, payload })
const create = async (sizeBytes = 3) =>
  (await ask('POST', '/uploads', developer, { name: 'claims.csv', sizeBytes })).json() as { id: string }

describe('POST /uploads', () => {
  it('refuses what is not in the schema, no key, and no right', async () => {
    for (const body of [{}, { name: 'a', sizeBytes: 0 }, { name: 'a', sizeBytes: 1, path: '/etc' }]) {
      expect((await ask('POST', '/uploads', developer, body)).statusCode).toBe(422)
    }
    expect((await ask('POST', '/uploads', {}, { name: 'a', sizeBytes: 1 })).statusCode).toBe(401)
    expect((await ask('POST', '/uploads', viewer, { name: 'a', sizeBytes: 1 })).statusCode).toBe(403)
  })

  it('announces a file; a name that leads elsewhere is refused', async () => {
    const made = await ask('POST', '/uploads', developer, { name: 'claims.csv', sizeBytes: 3 })
    expect([made.statusCode, made.json()]).toMatchObject([201, { name: 'claims.csv', offset: 0, isComplete: false }])
    const refused = await ask('POST', '/uploads', developer, { name: '../claims.csv', sizeBytes: 3 })
    expect([refused.statusCode, refused.json().code]).toEqual([422, 'UPLOAD_NAME_INVALID'])
    const large = await ask('POST', '/uploads', developer, { name: 'claims.csv', sizeBytes: 2 ** 40 })
    expect([large.statusCode, large.json().code]).toEqual([413, 'UPLOAD_TOO_LARGE'])
  })
})

describe('PATCH /uploads/:id', () => {
  it('refuses what is not in the schema, no key, and no right', async () => {
    const { id } = await create()
    for (const url of [
      `/uploads/${id}`,
      `/uploads/${id}?offset=-1`,
      `/uploads/${id}?offset=0&at=1`,
      '/uploads/x?offset=0',
    ])
      expect((await ask('PATCH', url, { ...developer, ...OCTETS }, 'abc')).statusCode).toBe(422)
    expect((await ask('PATCH', `/uploads/${id}?offset=0`, OCTETS, 'abc')).statusCode).toBe(401)
    expect((await ask('PATCH', `/uploads/${id}?offset=0`, { ...viewer, ...OCTETS }, 'abc')).statusCode).toBe(403)
  })

  it('takes raw chunks, and says the right offset when it is given a wrong one', async () => {
    const { id } = await create()
    const headers = { ...developer, ...OCTETS }
    const first = await ask('PATCH', `/uploads/${id}?offset=0`, headers, Buffer.from([0, 255]))
    expect([first.statusCode, first.json().offset, first.headers['upload-offset']]).toEqual([200, 2, '2'])
    const again = await ask('PATCH', `/uploads/${id}?offset=0`, headers, Buffer.from([0, 255]))
    expect([again.statusCode, again.json().code]).toEqual([409, 'UPLOAD_OFFSET_DIFFERS'])
    expect(again.headers['upload-offset']).toBe('2')
    const last = await ask('PATCH', `/uploads/${id}?offset=2`, headers, Buffer.from([10]))
    expect(last.json()).toMatchObject({ offset: 3, isComplete: true })
    expect([...fs.readFileSync(await uploads.path(id))]).toEqual([0, 255, 10])
    expect((await ask('PATCH', `/uploads/${UNKNOWN}?offset=0`, headers, 'a')).statusCode).toBe(404)
  })

  it('takes nothing but raw bytes, and other routes take no raw bytes', async () => {
    const { id } = await create()
    const json = await ask('PATCH', `/uploads/${id}?offset=0`, developer, { a: 1 })
    expect([json.statusCode, json.json().code]).toEqual([422, 'CHUNK_TYPE_UNSUPPORTED'])
    for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded']) {
      const headers = { ...developer, 'content-type': type }
      expect((await ask('PATCH', `/uploads/${id}?offset=0`, headers, 'abc')).json().code).toBe('MEDIA_TYPE_UNSUPPORTED')
    }
    expect((await ask('PATCH', `/uploads/${id}?offset=0`, developer)).json().code).toBe('CHUNK_TYPE_UNSUPPORTED')
    expect(test.app.hasContentTypeParser('application/octet-stream')).toBe(false)
  })

  it('is closed to pages of others: their Origin is refused, and what is asked beforehand is not allowed', async () => {
    const { id } = await create()
    const foreign = { host: 'localhost:8000', origin: 'https://evil.example' }
    const sent = await ask('PATCH', `/uploads/${id}?offset=0`, { ...developer, ...OCTETS, ...foreign }, 'abc')
    expect([sent.statusCode, sent.json().code]).toEqual([403, 'ORIGIN_REFUSED'])
    const preflight = await test.app.inject({
      method: 'OPTIONS',
      url: `/api/v1/uploads/${id}?offset=0`,
      headers: { ...foreign, 'access-control-request-method': 'PATCH' },
    })
    expect(preflight.headers).not.toHaveProperty('access-control-allow-origin')
    expect((await uploads.get(id)).offset).toBe(0)
  })
})

describe('GET and DELETE /uploads/:id', () => {
  it('refuse what is not in the schema, no key, and no right', async () => {
    const { id } = await create()
    for (const method of ['GET', 'DELETE'] as const) {
      expect((await ask(method, '/uploads/..%2Fx', developer)).statusCode).toBe(422)
      expect((await ask(method, `/uploads/${id}`)).statusCode).toBe(401)
      expect((await ask(method, `/uploads/${id}`, viewer)).statusCode).toBe(403)
    }
  })

  it('say how far it is, and throw it away', async () => {
    const { id } = await create()
    expect((await ask('GET', `/uploads/${id}`, developer)).json()).toMatchObject({ id, offset: 0 })
    expect((await ask('DELETE', `/uploads/${id}`, developer)).statusCode).toBe(204)
    expect((await ask('GET', `/uploads/${id}`, developer)).statusCode).toBe(404)
    expect(fs.existsSync(`${folder.path}/${id}`)).toBe(false)
  })
})
