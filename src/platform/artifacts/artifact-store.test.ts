import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArtifacts, type ArtifactStore } from './artifact-store.ts'

let root: string
let store: ArtifactStore
beforeEach(async () => {
  root = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'assay-artifacts-')), 'store')
  store = await openArtifacts(root)
})
afterEach(() => fs.rmSync(path.dirname(root), { recursive: true }))

const bytes = (text: string) => new TextEncoder().encode(text)
// FIPS 180-4, example "abc", and the well-known digest of nothing.
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const filesIn = (directory: string) =>
  fs.readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

describe('an artifact store', () => {
  it('knows a content by its SHA-256', async () => {
    expect(await store.put(bytes('abc'))).toEqual({ sha256: ABC, sizeBytes: 3 })
    expect(await store.put(bytes(''))).toEqual({ sha256: EMPTY, sizeBytes: 0 })
    expect(await store.get(ABC)).toEqual(Buffer.from('abc'))
    expect(await store.stat(ABC)).toEqual({ sha256: ABC, sizeBytes: 3 })
    expect(fs.readFileSync(store.path(ABC), 'utf8')).toBe('abc')
    expect([await store.has(ABC), await store.has('0'.repeat(64))]).toEqual([true, false])
  })

  it('takes a stream, and gives the same as for its bytes', async () => {
    async function* chunks() {
      yield bytes('a')
      yield bytes('bc')
    }
    expect(await store.put(chunks())).toEqual({ sha256: ABC, sizeBytes: 3 })
  })

  it('stores equal contents once, also when they come at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => store.put(bytes('abc'))))
    expect(filesIn(root)).toHaveLength(1)
  })

  it('refuses to give out a content that was altered, and is whole again when it is put again', async () => {
    await store.put(bytes('abc'))
    fs.writeFileSync(store.path(ABC), '')
    await expect(store.get(ABC)).rejects.toMatchObject({
      code: 'ARTIFACT_CORRUPT',
      details: { sha256: ABC, actual: EMPTY },
    })
    await store.put(bytes('abc'))
    expect(await store.get(ABC)).toEqual(Buffer.from('abc'))
  })

  it.each(['../../etc/passwd', `../${ABC}`, ABC.toUpperCase(), ABC.slice(1), `${ABC}\n`, ''])(
    'does not go where %j leads',
    async (id) => {
      await expect(store.get(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(store.stat(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect(() => store.path(id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    },
  )

  it('says NOT_FOUND for what it does not hold', async () => {
    await expect(store.get(ABC)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(store.stat(ABC)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('keeps nothing of a stream that fails', async () => {
    async function* breaks() {
      yield bytes('a')
      throw new Error('source broke')
    }
    await expect(store.put(breaks())).rejects.toThrow('source broke')
    expect(filesIn(root)).toEqual([])
  })

  it('removes a content for good, and does not mind when it is gone', async () => {
    await store.put(bytes('abc'))
    const before = fs.openSync(store.path(ABC), 'r')
    await store.remove(ABC)
    await store.remove(ABC)
    expect(fs.readFileSync(before)).toEqual(Buffer.alloc(3))
    fs.closeSync(before)
    expect(filesIn(root)).toEqual([])
    await expect(store.get(ABC)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('names the directory when the disk is full', async () => {
    async function* fills() {
      yield bytes('a')
      throw Object.assign(new Error('write'), { code: 'ENOSPC' })
    }
    await expect(store.put(fills())).rejects.toMatchObject({ code: 'STORAGE_FULL', details: { directory: root } })
  })

  it('shows no half-written file after a kill -9, and sweeps it a day later', async () => {
    const module = fileURLToPath(new URL('./artifact-store.ts', import.meta.url))
    const script = `
      import { openArtifacts } from ${JSON.stringify(module)}
      const store = await openArtifacts(${JSON.stringify(root)})
      await store.put((async function* () { yield Buffer.from('abc'); console.log('half'); await new Promise((r) => setTimeout(r, 60000)) })())`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await store.has(ABC)).toBe(false)
    const [half] = fs.readdirSync(path.join(root, 'unfinished'))
    await openArtifacts(root)
    expect(fs.readdirSync(path.join(root, 'unfinished'))).toEqual([half])
    const longAgo = new Date(Date.now() - 25 * 3_600_000)
    fs.utimesSync(path.join(root, 'unfinished', half), longAgo, longAgo)
    await openArtifacts(root)
    expect(filesIn(root)).toEqual([])
  })
})
