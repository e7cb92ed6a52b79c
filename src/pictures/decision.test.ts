import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { curvesOf, scoredRows } from './curves.fixture.ts'
import { cheapestDecision, costPerRow, nearestDecision, ratesOf, rowsOf, scoreBins } from './decision.ts'

const decision = { threshold: 0.5, truePositives: 30, falsePositives: 10, falseNegatives: 20, trueNegatives: 140 }
const nothing = { threshold: 0.5, truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 }

describe('ratesOf', () => {
  it('counts shares of a decision', () => {
    expect(ratesOf(decision)).toEqual({
      precision: 0.75,
      recall: 0.6,
      falsePositiveRate: 10 / 150,
      positiveRate: 0.2,
    })
  })

  it('knows no share of nothing', () => {
    expect(ratesOf(nothing)).toEqual({ precision: null, recall: null, falsePositiveRate: null, positiveRate: null })
  })
})

describe('costs', () => {
  it('are a mean over all rows, gains taken off', () => {
    expect(costPerRow(decision, { falsePositive: 5, falseNegative: 100 })).toBe(10.25)
    expect(costPerRow(decision, { falsePositive: 5, falseNegative: 100, truePositive: -10, trueNegative: 1 })).toBe(
      9.45,
    )
    expect(costPerRow(nothing, { falsePositive: 5, falseNegative: 100 })).toBeNull()
  })

  it('choose the threshold that no other undercuts', () => {
    const { thresholds } = curvesOf(scoredRows(60, 200))
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (a, b) => {
          const costs = { falsePositive: a, falseNegative: b }
          const best = costPerRow(cheapestDecision(thresholds, costs)!, costs)!
          for (const other of thresholds) expect(costPerRow(other, costs)!).toBeGreaterThanOrEqual(best)
        },
      ),
    )
  })

  it('that are zero choose the fewest positives', () => {
    const { thresholds } = curvesOf(scoredRows(60, 200))
    expect(cheapestDecision(thresholds, { falsePositive: 0, falseNegative: 0 })?.threshold).toBe(1)
  })
})

describe('nearestDecision', () => {
  const { thresholds } = curvesOf(scoredRows(5, 5))
  it.each([
    [0.304, 0.3],
    [0.306, 0.31],
    [-1, 0],
    [2, 1],
  ])('of %d is that of %d', (asked, found) => expect(nearestDecision(thresholds, asked)?.threshold).toBe(found))

  it('is undefined where there is none', () => expect(nearestDecision([], 0.5)).toBeUndefined())
})

describe('scoreBins', () => {
  it('hold each row of either class once', () => {
    const bins = scoreBins(curvesOf(scoredRows(60, 200)).thresholds)
    expect(bins).toHaveLength(20)
    expect(bins.reduce((sum, bin) => sum + bin.positives, 0)).toBeCloseTo(1, 12)
    expect(bins.reduce((sum, bin) => sum + bin.negatives, 0)).toBeCloseTo(1, 12)
    expect(Math.min(...bins.flatMap((bin) => [bin.positives, bin.negatives]))).toBeGreaterThanOrEqual(0)
  })

  it('agree with rows counted one by one', () => {
    const rows = scoredRows(60, 200)
    const [, second] = scoreBins(curvesOf(rows).thresholds)
    const inside = rows.filter((row) => !row.isPositive && row.score >= 0.05 && row.score < 0.1).length
    expect(second.negatives).toBeCloseTo(inside / 200, 12)
  })

  it('are none of no thresholds, and zeros of a class without rows', () => {
    expect(scoreBins([])).toEqual([])
    const bins = scoreBins(curvesOf(scoredRows(0, 20)).thresholds)
    expect(bins.every((bin) => bin.positives === 0)).toBe(true)
  })
})

it('each threshold decides every row', () => {
  for (const at of curvesOf(scoredRows(13, 29)).thresholds) expect(rowsOf(at)).toBe(42)
})
