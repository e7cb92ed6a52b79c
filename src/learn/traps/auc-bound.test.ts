import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, rocAucScore } from '../index.ts'
import { aucLowerBound } from './auc-bound.ts'

describe('aucLowerBound', () => {
  const area = fc.double({ min: 0.5, max: 1, noNaN: true })
  const size = fc.integer({ min: 2, max: 10_000 })

  it('lies below the area, symmetric in the classes, and rises with their size', () => {
    fc.assert(
      fc.property(area, size, size, (auc, m, n) => {
        const bound = aucLowerBound(auc, m, n)
        expect(bound).toBeLessThan(auc)
        expect(bound).toBeCloseTo(aucLowerBound(auc, n, m), 9)
        expect(aucLowerBound(auc, 2 * m, 2 * n)).toBeGreaterThan(bound)
      }),
    )
  })

  it('solves the equation it states', () => {
    const t = aucLowerBound(0.9, 40, 300)
    const pairs = 340 / 2 - 1
    const variance = (t * (1 - t) * (1 + (pairs * (1 - t)) / (2 - t) + (pairs * t) / (1 + t))) / (40 * 300)
    expect((0.9 - t) / Math.sqrt(variance)).toBeCloseTo(1.959963984540054, 3)
  })

  it('lies below the true area about as often as it says, however small the classes', () => {
    const random = createRandom(3)
    // Positives of one exponential distribution against negatives of another: P(X > Y) = a / (a + b).
    const truth = 0.95
    const scale = truth / (1 - truth)
    for (const [m, n] of [
      [12, 18],
      [20, 200],
    ]) {
      const y = Uint8Array.from({ length: m + n }, (_, row) => (row < m ? 1 : 0))
      let nBelow = 0
      for (let draw = 0; draw < 1_000; draw++) {
        const score = Float64Array.from(y, (label) => -Math.log(1 - random.unit()) * (label === 1 ? scale : 1))
        if (aucLowerBound(Math.max(0.5, rocAucScore(y, score)), m, n) <= truth) nBelow++
      }
      // One-sided, 97.5 % are wanted; 4 standard errors of that over 1,000 draws are 2 %.
      expect(nBelow).toBeGreaterThanOrEqual(955)
    }
  })

  it('says little of a perfect separation in a small table, and nothing without a class', () => {
    expect(aucLowerBound(1, 15, 15)).toBeCloseTo(0.86, 2)
    expect(aucLowerBound(1, 50, 50)).toBeCloseTo(0.96, 2)
    expect(aucLowerBound(1, 0, 50)).toBe(0)
  })
})
