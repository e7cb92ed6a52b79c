import { expect, it } from 'vitest'
import { readingOf } from './comparison.ts'

const from = (lower: number, upper: number) => ({ estimate: (lower + upper) / 2, lower, upper, level: 0.95 })

it('calls better and worse only what lies apart', () => {
  expect(readingOf('rocAuc', { a: from(0.8, 0.82), b: from(0.85, 0.87) })).toBe('better')
  expect(readingOf('rocAuc', { a: from(0.85, 0.87), b: from(0.8, 0.82) })).toBe('worse')
  expect(readingOf('rocAuc', { a: from(0.8, 0.86), b: from(0.85, 0.87) })).toBe('intervals overlap')
})

it('knows that less is better for a loss', () => {
  expect(readingOf('logLoss', { a: from(0.4, 0.42), b: from(0.3, 0.32) })).toBe('better')
})

it('compares nothing with a missing figure', () => {
  expect(readingOf('rocAuc', { a: null, b: from(0, 1) })).toBe('not comparable')
})
