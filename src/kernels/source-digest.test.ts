import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { checkDigest } from './module.ts'
import { digestIn, sourceDigest, withDigest } from './source-digest.ts'

/** The smallest module: magic and version. */
const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)

/** A folder with these files. */
function folderOf(files: Record<string, string>): URL {
  const root = mkdtempSync(path.join(tmpdir(), 'assay-digest-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return pathToFileURL(root + path.sep)
}

describe('sourceDigest', () => {
  it('changes with a file’s bytes, its name and its folder, and with nothing else', () => {
    const digest = sourceDigest(folderOf({ 'a.ts': 'x', 'boost/b.ts': 'y' }))
    expect(sourceDigest(folderOf({ 'boost/b.ts': 'y', 'a.ts': 'x', 'notes.md': 'z' }))).toBe(digest)
    const others: Record<string, string>[] = [
      { 'a.ts': 'x', 'boost/b.ts': 'z' },
      { 'a.ts': 'x', 'boost/c.ts': 'y' },
      { 'a.ts': 'x', 'b.ts': 'y' },
      { 'a.ts': 'x' },
    ]
    expect(new Set([digest, ...others.map((files) => sourceDigest(folderOf(files)))]).size).toBe(5)
  })

  it('is the FNV-1a of what it reads', () => {
    expect(sourceDigest(folderOf({ 'a.ts': 'é' }))).toBe(fnv1a('a.ts\né'))
    // The published value of "a": Noll, http://www.isthe.com/chongo/tech/comp/fnv
    expect(fnv1a('a')).toBe('e40c292c')
  })

  it('is undefined without sources', () => {
    expect(sourceDigest(new URL('none/', folderOf({})))).toBeUndefined()
  })
})

/** FNV-1a by the book, with whole numbers of any size. */
function fnv1a(text: string): string {
  let hash = 2166136261n
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 16777619n) % 2n ** 32n
  return hash.toString(16).padStart(8, '0')
}

describe('the digest in a module', () => {
  it('is what was written, and leaves the module what it was', () => {
    const stamped = withDigest(empty, '0badcafe')
    expect(digestIn(stamped)).toBe('0badcafe')
    expect(digestIn(empty)).toBeUndefined()
    const sections = WebAssembly.Module.customSections(new WebAssembly.Module(stamped), 'assay-sources')
    expect(sections.map((section) => new TextDecoder().decode(section))).toEqual(['0badcafe'])
  })

  it('is that of today’s sources in the module that the tests run with', () => {
    const bytes = readFileSync(new URL('../../build/kernels.wasm', import.meta.url))
    expect(digestIn(bytes)).toBe(sourceDigest())
  })
})

describe('checkDigest', () => {
  it('refuses a module that was built from other sources, and says what to do', () => {
    expect(() => checkDigest('0badcafe', '12345678')).toThrow(
      'The learning kernels are stale: they were built from 0badcafe, and src/kernels/wasm is 12345678. Run npm run build:kernels.',
    )
    expect(() => checkDigest(undefined, '12345678')).toThrow('do not say which sources they were built from')
  })

  it('takes any where there are no sources, or the same', () => {
    expect(checkDigest('0badcafe', '0badcafe')).toBeUndefined()
    expect(checkDigest(undefined, undefined)).toBeUndefined()
  })
})
