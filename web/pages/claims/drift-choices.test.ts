import { expect, it } from 'vitest'
import { clampRate, driftOf } from './drift-choices.ts'

it('makes a setting of a choice, and none of the empty one', () => {
  expect(driftOf('case mix')).toEqual({ kind: 'case mix', strength: 1, startIndex: 0, rampClaims: 0 })
  expect(driftOf('')).toBeNull()
})

it('keeps the rate between 1 and 5,000 claims a second', () => {
  expect([0, 12.4, 9_000, Number.NaN].map(clampRate)).toEqual([1, 12, 5_000, 1])
})
