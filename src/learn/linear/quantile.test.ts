import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantile } from './quantile.ts'

/** Sorted values; those between which the share falls. */
function slowQuantile(values: number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const isEnough = (k: number): boolean => (k + 1) / sorted.length >= p - 1e-12
  const isExact = (k: number): boolean => Math.abs((k + 1) / sorted.length - p) < 1e-12
  const first = sorted.findIndex((_, k) => isEnough(k))
  const second = isExact(first) && first + 1 < sorted.length ? first + 1 : first
  return sorted[first] / 2 + sorted[second] / 2
}

const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 })
const share = fc.constantFrom(0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)

describe('quantile', () => {
  it('is what sorting gives', () => {
    fc.assert(
      fc.property(values, share, (values, p) => {
        expect(quantile(Float64Array.from(values), undefined, p)).toBe(slowQuantile(values, p))
      }),
    )
  })

  it('counts a value of weight 2 as two', () => {
    const weighted = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
    })
    fc.assert(
      fc.property(weighted, share, (pairs, p) => {
        const weights = Float64Array.from(pairs, ([, weight]) => weight)
        const repeated = pairs.flatMap(([value, weight]) => Array.from({ length: weight }, () => value))
        const given = quantile(
          Float64Array.from(pairs, ([value]) => value),
          weights,
          p,
        )
        expect(given).toBe(slowQuantile(repeated, p))
      }),
    )
  })

  it('is fast on data in an order that is bad for naive selection', () => {
    const n = 200_000
    const pipe = Float64Array.from({ length: n }, (_, i) => Math.min(i, n - 1 - i))
    expect(quantile(pipe, undefined, 0.5)).toBe(n / 4 - 0.5)
    expect(quantile(new Float64Array(n).fill(3), undefined, 0.5)).toBe(3)
  })

  it('of nothing is not a number', () => {
    expect(quantile(new Float64Array(), undefined, 0.5)).toBeNaN()
    expect(quantile(new Float64Array(), new Float64Array(), 0.5)).toBeNaN()
  })
})
