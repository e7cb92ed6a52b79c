import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, rocAucScore } from '../index.ts'
import { categories, numbers } from '../../../test/learning-tables.ts'
import { crossFit, crossFitParts, featureAuc } from './feature-score.ts'

const rowsArbitrary = fc
  .array(fc.tuple(fc.option(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 0, max: 1 })), {
    minLength: 4,
    maxLength: 80,
  })
  .filter((rows) => new Set(rows.map(([, label]) => label)).size === 2)

describe('crossFit', () => {
  it('gives the share of positives in the bin over the other parts, drawn to the overall share by one row', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.integer({ min: 0, max: 99 }), (rows, seed) => {
        const y = Uint8Array.from(rows, ([, label]) => label)
        const parts = crossFitParts(rows.length, seed)
        const prior = y.reduce((sum, label) => sum + label, 0) / y.length
        const texts = rows.map(([value]) => (value === null ? null : `${value}`))
        const { cells, rates } = crossFit(categories('c', texts), y, parts)
        rows.forEach(([value], row) => {
          const others = rows.filter(([other], k) => other === value && parts[k] !== parts[row])
          const positives = others.filter(([, label]) => label === 1).length
          expect(rates[cells[row]]).toBeCloseTo((positives + prior) / (others.length + 1), 12)
        })
      }),
    )
  })
})

describe('featureAuc', () => {
  it('is the largest area of rates and values, missing ones at either end', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const y = Uint8Array.from(rows, ([, label]) => label)
        const column = numbers(
          'n',
          rows.map(([value]) => value),
        )
        const fit = crossFit(column, y, crossFitParts(rows.length, 1))
        const areas = [-Infinity, Infinity].map((end) =>
          rocAucScore(
            y,
            Float64Array.from(rows, ([value]) => value ?? end),
          ),
        )
        const byRate = rocAucScore(
          y,
          Float64Array.from(fit.cells, (cell) => fit.rates[cell]),
        )
        const expected = Math.max(0.5, byRate, ...areas, ...areas.map((area) => 1 - area))
        expect(featureAuc(column, y, fit)).toBeCloseTo(expected, 12)
      }),
    )
  })

  it('is near a half for texts of their own, which only memory could score', () => {
    const random = createRandom(1)
    const y = Uint8Array.from({ length: 3_000 }, () => random.below(2))
    const column = categories(
      'note',
      Array.from(y, (_, row) => `note ${row}`),
    )
    // Four standard errors of an area over 1,500 rows of each class, without a relation.
    expect(featureAuc(column, y, crossFit(column, y, crossFitParts(3_000, 2)))).toBeLessThan(0.5 + 4 * 0.0105)
  })

  it('finds what is low in the middle and high at both ends', () => {
    const y = Uint8Array.from({ length: 900 }, (_, row) => (row % 3 === 1 ? 1 : 0))
    const column = numbers(
      'n',
      Array.from(y, (label, row) => (label === 1 ? 500 : (row % 3) * 500) + (row % 100)),
    )
    expect(featureAuc(column, y, crossFit(column, y, crossFitParts(900, 2)))).toBeGreaterThan(0.97)
  })
})
