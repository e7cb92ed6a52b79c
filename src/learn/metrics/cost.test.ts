import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { confusion, costThreshold, countedCost, type Costs } from './index.ts'
import { scoredRows, scoredRowsOfBothClasses } from './scored-rows.fixture.ts'

/** Costs in whole money, so that sums are exact. */
const anyCosts = fc
  .record({
    trueNegative: fc.integer({ min: -50, max: 50 }),
    truePositive: fc.integer({ min: -50, max: 50 }),
    moreReferred: fc.integer({ min: 0, max: 100 }),
    moreApproved: fc.integer({ min: 1, max: 900 }),
  })
  .map(({ trueNegative, truePositive, moreReferred, moreApproved }) => ({
    trueNegative,
    truePositive,
    falsePositive: trueNegative + moreReferred,
    falseNegative: truePositive + moreApproved,
  }))

/** Mean cost, claim by claim. */
function slowCost(y: Uint8Array, score: Float64Array, threshold: number, costs: Required<Costs>): number {
  let sum = 0
  for (const [row, label] of y.entries()) {
    const isReferred = score[row] >= threshold
    if (label === 1) sum += isReferred ? costs.truePositive : costs.falseNegative
    else sum += isReferred ? costs.falsePositive : costs.trueNegative
  }
  return sum / y.length
}

describe('costThreshold', () => {
  it('finds what trying every threshold finds, and of equals the highest', () => {
    fc.assert(
      fc.property(scoredRows, anyCosts, ({ y, score }, costs) => {
        const found = costThreshold(y, score, costs)
        const tried = [Infinity, ...score].map((threshold) => ({
          threshold,
          cost: slowCost(y, score, threshold, costs),
        }))
        const cheapest = Math.min(...tried.map(({ cost }) => cost))
        const highest = Math.max(...tried.filter(({ cost }) => cost === cheapest).map(({ threshold }) => threshold))
        expect(found.costPerClaim).toBe(cheapest)
        if (highest === Infinity) expect(found.threshold).toBeGreaterThan(Math.max(...score))
        else expect(found.threshold).toBe(highest)
        expect(found.confusion).toEqual(confusion(y, score, found.threshold))
        expect(found.approveAllPerClaim).toBe(slowCost(y, score, Infinity, costs))
        expect(found.referAllPerClaim).toBe(slowCost(y, score, -Infinity, costs))
        expect(found.savedPerClaim).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('does not depend on the unit of money', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, anyCosts, ({ y, score }, costs) => {
        const cents = Object.fromEntries(Object.entries(costs).map(([name, cost]) => [name, cost / 1000])) as Costs
        expect(costThreshold(y, score, cents).threshold).toBe(costThreshold(y, score, costs).threshold)
      }),
    )
  })

  it('agrees with the closed form where scores are true probabilities', () => {
    // At the score i/100, i of 100 claims are bad.
    const rows = Array.from({ length: 101 * 100 }, (_, k) => ({ score: Math.floor(k / 100) / 100, place: k % 100 }))
    const score = Float64Array.from(rows, (row) => row.score)
    const y = Uint8Array.from(rows, ({ score, place }) => (place < Math.round(100 * score) ? 1 : 0))
    const found = costThreshold(y, score, { falsePositive: 55, falseNegative: 245, truePositive: 45, trueNegative: 5 })
    expect(found.thresholdIfCalibrated).toBe(0.2)
    // At 0.2 itself both decisions cost the same; the higher threshold sends fewer claims to a person.
    expect(found.threshold).toBe(0.21)
  })

  it('approves everything, with a threshold above all scores, where that is cheapest', () => {
    for (const top of [0, 0.4, 1]) {
      const score = Float64Array.of(0, top, top)
      const found = costThreshold(Uint8Array.of(1, 0, 0), score, { falsePositive: 900, falseNegative: 1 })
      expect(confusion(Uint8Array.of(1, 0, 0), score, found.threshold).falsePositives).toBe(0)
      expect(found.threshold).toBeCloseTo(top, 15)
      expect(found.costPerClaim).toBe(1 / 3)
      expect(found.savedPerClaim).toBe(0)
    }
  })

  it('refers everything where that is cheapest, and works with one class', () => {
    const bad = costThreshold(Uint8Array.of(1, 1), Float64Array.of(0.1, 0.9), { falsePositive: 1, falseNegative: 9 })
    expect(bad).toMatchObject({ threshold: 0.1, costPerClaim: 0, approveAllPerClaim: 9, referAllPerClaim: 0 })
  })

  it.each([
    [{ falsePositive: NaN, falseNegative: 1 }, 'falsePositive is NaN'],
    [{ falsePositive: 1, falseNegative: Infinity }, 'falseNegative is Infinity'],
    [{ falsePositive: -1, falseNegative: 5 }, 'falsePositive -1 is below trueNegative 0'],
    [{ falsePositive: 1, falseNegative: 5, truePositive: 6 }, 'falseNegative 5 is below truePositive 6'],
    [{ falsePositive: 0, falseNegative: 0 }, 'no decision costs more than another'],
  ])('refuses the costs %j', (costs, reason) => {
    const rows = [Uint8Array.of(0, 1), Float64Array.of(0.2, 0.6)] as const
    for (const call of [() => costThreshold(...rows, costs), () => countedCost(...rows, 0.5, costs)]) {
      expect(call).toThrow(expect.objectContaining({ code: 'COSTS_INVALID' }))
      expect(call).toThrow(reason)
    }
  })

  it('refuses no rows, and scores that are no probabilities', () => {
    const costs = { falsePositive: 1, falseNegative: 5 }
    expect(() => costThreshold(new Uint8Array(), new Float64Array(), costs)).toThrow(
      expect.objectContaining({ code: 'METRIC_NO_ROWS' }),
    )
    expect(() => costThreshold(Uint8Array.of(1), Float64Array.of(7), costs)).toThrow(
      expect.objectContaining({ code: 'METRIC_SCORE_INVALID' }),
    )
  })
})

describe('countedCost', () => {
  it('is the cost of the rows repeated, and with infinite thresholds that of treating all alike', () => {
    const drawn = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(scoredRows, anyCosts, drawn, ({ y, score }, costs, counts) => {
        const rows = [...y.keys()].flatMap((row) => Array.from({ length: counts[row] }, () => row))
        const repeated = [Uint8Array.from(rows, (row) => y[row]), Float64Array.from(rows, (row) => score[row])] as const
        for (const threshold of [-Infinity, 0.35, Infinity]) {
          const counted = countedCost(y, score, threshold, costs)(Int32Array.from(counts.slice(0, y.length)))
          expect(counted).toBe(slowCost(...repeated, threshold, costs))
        }
      }),
    )
  })
})
