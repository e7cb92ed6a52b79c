import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, test } from 'vitest'
import { testFolder } from '../sources/landed.fixture.ts'
import { UploadStore } from './upload-store.ts'

const folder = testFolder()
let nStores = 0
const newStore = (options = {}) => new UploadStore(path.join(folder.path, `${nStores++}`), options)
const bytesOf = (text: string) => Readable.from([Buffer.from(text)])
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('an upload', () => {
  it('takes chunks in order, knows how far it is, and gives the file', async () => {
    const uploads = newStore({ now: () => new Date('2026-01-01T00:00:00Z') })
    const { id } = await uploads.create({ name: ' Schäden 2024.csv ', sizeBytes: 7 })
    expect(await uploads.get(id)).toEqual({
      id,
      name: 'Schäden 2024.csv',
      sizeBytes: 7,
      offset: 0,
      chunkBytes: 8_388_608,
      isComplete: false,
      sha256: null,
      createdAt: '2026-01-01T00:00:00.000Z',
      expiresAt: '2026-01-02T00:00:00.000Z',
    })
    await expect(uploads.path(id)).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' })
    expect(await uploads.append(id, { offset: 0, bytes: bytesOf('abc') })).toMatchObject({ offset: 3 })
    const whole = await uploads.append(id, { offset: 3, bytes: bytesOf('defg') })
    expect(whole).toMatchObject({ offset: 7, isComplete: true, sha256: sha256('abcdefg'), expiresAt: null })
    expect(fs.readFileSync(await uploads.path(id), 'utf8')).toBe('abcdefg')
  })

  it('goes on where it stopped, in another process too', async () => {
    const directory = path.join(folder.path, 'again')
    const { id } = await new UploadStore(directory).create({ name: 'a.csv', sizeBytes: 6 })
    await new UploadStore(directory).append(id, { offset: 0, bytes: bytesOf('abc') })
    // What a killed process wrote and had not yet answered for.
    fs.appendFileSync(path.join(directory, id, 'content'), 'XXXXX')
    const later = new UploadStore(directory)
    expect((await later.get(id)).offset).toBe(3)
    await later.append(id, { offset: 3, bytes: bytesOf('def') })
    expect(fs.readFileSync(await later.path(id), 'utf8')).toBe('abcdef')
  })

  it('refuses a chunk from elsewhere, beyond the end, or too large, and keeps what it had', async () => {
    const uploads = newStore({ chunkBytes: 5 })
    const { id } = await uploads.create({ name: 'a.csv', sizeBytes: 9 })
    await uploads.append(id, { offset: 0, bytes: bytesOf('abc') })
    const append = (offset: number, text: string) => uploads.append(id, { offset, bytes: bytesOf(text) })
    await expect(append(0, 'abc')).rejects.toMatchObject({ code: 'UPLOAD_OFFSET_DIFFERS', details: { offset: 3 } })
    await expect(append(3, 'defghij')).rejects.toMatchObject({ code: 'UPLOAD_OVERRUN' })
    await expect(append(3, 'defghi')).rejects.toMatchObject({ code: 'REQUEST_TOO_LARGE' })
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('de')
        throw new Error('socket hang up')
      })(),
    )
    await expect(uploads.append(id, { offset: 3, bytes: broken })).rejects.toMatchObject({ code: 'UPLOAD_CUT_OFF' })
    expect((await uploads.get(id)).offset).toBe(3)
    await append(3, 'defgh')
    await append(8, 'i')
    expect(fs.readFileSync(await uploads.path(id), 'utf8')).toBe('abcdefghi')
  })

  it('takes one chunk at a time', async () => {
    const uploads = newStore()
    const { id } = await uploads.create({ name: 'a.csv', sizeBytes: 3 })
    const slow = new Readable({ read() {} })
    const first = uploads.append(id, { offset: 0, bytes: slow })
    await expect(uploads.append(id, { offset: 0, bytes: bytesOf('abc') })).rejects.toMatchObject({
      code: 'UPLOAD_BUSY',
    })
    await expect(uploads.remove(id)).rejects.toMatchObject({ code: 'UPLOAD_BUSY' })
    slow.push('abc')
    slow.push(null)
    expect((await first).isComplete).toBe(true)
  })

  it('begins anew when the digest is not the one announced', async () => {
    const uploads = newStore()
    const { id } = await uploads.create({ name: 'a.csv', sizeBytes: 3, sha256: sha256('abc') })
    await expect(uploads.append(id, { offset: 0, bytes: bytesOf('abd') })).rejects.toMatchObject({
      code: 'UPLOAD_DIGEST_DIFFERS',
      details: { wanted: sha256('abc'), given: sha256('abd') },
    })
    expect(await uploads.get(id)).toMatchObject({ offset: 0, isComplete: false })
    expect((await uploads.append(id, { offset: 0, bytes: bytesOf('abc') })).isComplete).toBe(true)
  })

  it('is thrown away unfinished after its time, and kept when complete', async () => {
    let now = new Date('2026-01-01T00:00:00Z')
    const uploads = newStore({ now: () => now, keepMs: 1_000 })
    expect(await uploads.expire()).toBe(0)
    const done = await uploads.create({ name: 'a.csv', sizeBytes: 3 })
    const left = await uploads.create({ name: 'b.csv', sizeBytes: 3 })
    await uploads.append(done.id, { offset: 0, bytes: bytesOf('abc') })
    now = new Date('2026-01-01T00:00:00.500Z')
    expect(await uploads.expire()).toBe(0)
    now = new Date('2026-01-01T00:00:02Z')
    expect(await uploads.expire()).toBe(1)
    await expect(uploads.get(left.id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await uploads.get(done.id)).isComplete).toBe(true)
  })
})

describe('what is not taken', () => {
  it('a file that is too large, or larger than what the disk has free', async () => {
    const uploads = newStore({ maxBytes: 10, freeBytes: async () => 2 ** 28 + 5 })
    await expect(uploads.create({ name: 'a', sizeBytes: 11 })).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' })
    await expect(uploads.create({ name: 'a', sizeBytes: 6 })).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    expect((await uploads.create({ name: 'a', sizeBytes: 5 })).offset).toBe(0)
  })

  test.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['../../etc/passwd', 'folder'],
    ['..', 'folder'],
    ['C:\\data.csv', 'folder'],
    ['/etc/passwd', 'folder'],
    ['a\0.csv', 'control characters'],
    ['a\u202Evsc.csv', 'control characters'],
    [`${'ä'.repeat(130)}`, '255 bytes'],
  ])('the name %j', async (name, reason) => {
    const uploads = newStore()
    await expect(uploads.create({ name, sizeBytes: 1 })).rejects.toMatchObject({
      code: 'UPLOAD_NAME_INVALID',
      message: expect.stringContaining(reason),
    })
  })

  test.each(['../x', `${'a'.repeat(36)}`, 'no-uuid'])('the id %j', async (id) => {
    await expect(newStore().get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
