import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorRegistry } from '../src/errors/index.ts'
import { errorDocument } from '../src/http/error-document.ts'

const root = path.resolve(import.meta.dirname, '..')
/** Where codes stand without being thrown. */
const registry = ['registry.ts', 'learning-errors.ts'].map((file) => path.join('errors', file))

const sources = ['src', 'scripts', 'test'].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !registry.includes(file))
    .map((file) => ({
      // Tables of cases stand in fixtures of their own.
      isTest: /\.(test|fixture)\.ts$/.test(file),
      isShipped: folder === 'src',
      text: read(path.join(folder, file)),
    })),
)

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), 'utf8')
}

describe('the registry of errors', () => {
  it('is what docs/errors.md says (npm run docs:errors)', () => {
    expect(read('docs/errors.md')).toBe(errorDocument())
  })

  it('was compared with more than a few files', () => {
    expect(sources.filter((source) => source.isShipped && !source.isTest).length).toBeGreaterThan(100)
  })

  it.each(Object.keys(errorRegistry))('%s is thrown somewhere and provoked by a test', (code) => {
    const named = new RegExp(`['"\`]${code}['"\`]`)
    const thrown = sources.some(({ isTest, isShipped, text }) => isShipped && !isTest && named.test(text))
    const provoked = sources.some(({ isTest, text }) => isTest && new RegExp(`\\b${code}\\b`).test(text))
    expect({ thrown, provoked }).toEqual({ thrown: true, provoked: true })
  })

  it('names every code by its kind’s rules: upper case, a text that ends a sentence', () => {
    for (const [code, { text }] of Object.entries(errorRegistry)) {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
      expect(text).toMatch(/([.?!]|\{\w+\})$/)
    }
  })
})
