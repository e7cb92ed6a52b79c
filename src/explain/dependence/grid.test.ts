import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbers } from '../../../test/learning-tables.ts'
import { createRandom } from '../../learn/index.ts'
import { numberGrid } from './grid.ts'

const gridOf = (values: (number | null)[], nPoints = 20) => numberGrid(numbers('x', values), nPoints)
const gapsOf = (points: number[]) => points.slice(1).map((point, i) => point - points[i])
const total = (shares: number[]) => shares.reduce((sum, share) => sum + share, 0)

/** Values at equally spaced ranks, the slow and obvious way. */
function ranksOf(values: number[], nPoints: number): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  return Array.from({ length: nPoints }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (nPoints - 1))])
}

describe('numberGrid', () => {
  it('is every value that occurs where they are few, however far apart', () => {
    expect(gridOf([0, 0.5, 100.25, 0, null]).points).toEqual([0, 0.5, 100.25])
  })

  it('has points where values are rare, with the share of rows that is there', () => {
    const values = [...Array.from({ length: 990 }, (_, i) => i / 990), 1000.5, ...Array.from({ length: 9 }, () => 0.5)]
    const { points, share } = gridOf(values)
    const rare = points.filter((point) => point > 1)
    expect(rare).toHaveLength(10)
    for (const gap of gapsOf(rare)) expect(gap).toBeCloseTo(100, 0)
    expect(share.slice(-10, -1)).toEqual(Array.from({ length: 9 }, () => 0))
    expect(share.at(-1)).toBeCloseTo(0.001, 12)
  })

  it('has whole points in whole numbers', () => {
    const { points } = gridOf(Array.from({ length: 300 }, (_, row) => (row === 0 ? 250 : row % 25)))
    expect(points.filter((point) => point > 24)).toEqual([48, 73, 99, 124, 149, 174, 200, 225, 250])
    expect(points.every(Number.isInteger)).toBe(true)
  })

  it('has no more points than are asked for where they are few', () => {
    const visits = Array.from({ length: 100 }, (_, row) => row % 10)
    expect(gridOf(visits, 2).points).toEqual([0, 9])
    expect(gridOf([...visits, 100], 3).points).toEqual([0, 5, 100])
    expect(gridOf([...visits, 100], 4).points).toEqual([0, 3, 6, 53, 100])
  })

  it('goes by logarithms where amounts are skewed', () => {
    const random = createRandom(3)
    const amounts = Array.from({ length: 2000 }, () => 10 ** (1 + 4 * random.unit() ** 3))
    const { points } = gridOf(amounts)
    expect(points.length).toBeGreaterThan(20)
    const span = Math.log(points.at(-1)! / points[0])
    expect(Math.max(...gapsOf(points.map(Math.log)))).toBeLessThanOrEqual((2 * span) / 19 + 1e-9)
    const counts = Array.from({ length: 400 }, (_, row) => (row < 360 ? 1 : row - 359))
    expect(gridOf(counts).points.slice(0, 5)).toEqual([1, 2, 3, 4, 6])
  })

  it('never goes by logarithms of dates', () => {
    const days = Array.from({ length: 400 }, (_, row) => (row < 360 ? 1 + (row % 30) : 100 * row))
    const { points } = numberGrid({ ...numbers('at', days), format: 'date' }, 20)
    const widest = (2 * (points.at(-1)! - points[0])) / 19
    expect(Math.max(...gapsOf(points))).toBeLessThanOrEqual(widest + 1)
    expect(points.every(Number.isInteger)).toBe(true)
  })

  it('keeps the ranks, has no wide gap and few more points, for any numbers', () => {
    const anyNumber = fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
      fc.integer({ min: -50, max: 50 }),
    )
    const anyWhole = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -10_000, max: 10_000 }))
    const many = { minLength: 40, maxLength: 200 }
    const anyValues = fc.oneof(fc.array(anyNumber, many), fc.array(anyWhole, many))
    let nFilled = 0
    fc.assert(
      fc.property(anyValues, fc.integer({ min: 2, max: 30 }), (others, nPoints) => {
        // With one below zero they are no amounts, which would go by logarithms.
        const values = [-10, ...others]
        fc.pre(new Set(values).size > nPoints)
        const { points, share } = gridOf(values, nPoints)
        for (const gap of gapsOf(points)) expect(gap).toBeGreaterThan(0)
        expect(total(share)).toBeCloseTo(1, 9)
        const ranks = ranksOf(values, nPoints)
        expect(points).toEqual(expect.arrayContaining(ranks))
        expect(points.length).toBeLessThan(1.5 * nPoints)
        const widest = (2 * (points.at(-1)! - points[0])) / (nPoints - 1)
        // Whole points are rounded to either side.
        const slack = values.every(Number.isInteger) ? 1 : 1e-6 * widest
        expect(Math.max(...gapsOf(points))).toBeLessThanOrEqual(widest + slack)
        if (points.length > new Set(ranks).size) nFilled++
      }),
      { seed: 7 },
    )
    expect(nFilled).toBeGreaterThan(30)
  })

  it('is at an end at once with numbers whose range is too large to say', () => {
    const values = Array.from({ length: 50 }, (_, i) => (i - 25) * 7e306)
    expect(gridOf(values, 5).points.length).toBeGreaterThanOrEqual(5)
    expect(gridOf([-1.7e308, 1.7e308, ...values], 5).points).toHaveLength(5)
  })
})
