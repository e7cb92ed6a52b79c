import type { Curves } from './curves.ts'

/** What became of the rows when those that score at or above `threshold` are decided positive. */
export type Decision = Curves['thresholds'][number]

/** What a decision costs by the truth of its row, in one unit; a gain is negative. */
export type Costs = { falsePositive: number; falseNegative: number; truePositive?: number; trueNegative?: number }

/** Shares of a decision, null where nothing is there to be counted. */
export type DecisionRates = {
  precision: number | null
  recall: number | null
  falsePositiveRate: number | null
  /** Share of all rows that are decided positive. */
  positiveRate: number | null
}

/**
 * The decision at the entry of `thresholds` that is nearest to a threshold, the higher of two as near; undefined when
 * there is none. The entries stand 0.01 apart, so nothing is told from it beyond the second decimal.
 */
export function nearestDecision(thresholds: Decision[], threshold: number): Decision | undefined {
  return thresholds.reduce<Decision | undefined>((best, entry) => {
    if (best === undefined) return entry
    return Math.abs(entry.threshold - threshold) <= Math.abs(best.threshold - threshold) ? entry : best
  }, undefined)
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole)

export const rowsOf = (decision: Decision) =>
  decision.truePositives + decision.falsePositives + decision.falseNegatives + decision.trueNegatives

export function ratesOf(decision: Decision): DecisionRates {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = decision
  return {
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + falseNegatives),
    falsePositiveRate: ratio(falsePositives, falsePositives + trueNegatives),
    positiveRate: ratio(truePositives + falsePositives, rowsOf(decision)),
  }
}

/** Mean cost of a row, in the unit of the costs; null without rows. */
export function costPerRow(decision: Decision, costs: Costs): number | null {
  const total =
    decision.falsePositives * costs.falsePositive +
    decision.falseNegatives * costs.falseNegative +
    decision.truePositives * (costs.truePositive ?? 0) +
    decision.trueNegatives * (costs.trueNegative ?? 0)
  return ratio(total, rowsOf(decision))
}

/** The entry of least cost, of several the one with the highest threshold (the fewest positives); undefined of none. */
export function cheapestDecision(thresholds: Decision[], costs: Costs): Decision | undefined {
  const cost = (decision: Decision) => costPerRow(decision, costs) ?? Number.POSITIVE_INFINITY
  return thresholds.reduce<Decision | undefined>(
    (best, entry) => (best === undefined || cost(entry) <= cost(best) ? entry : best),
    undefined,
  )
}

/** One bin of scores, from `lower` to below `upper`, as shares of the rows of each class. */
export type ScoreBin = { lower: number; upper: number; positives: number; negatives: number }

/**
 * How the scores of either class are spread, in bins of 0.05, from the counts at or above each threshold; the last bin
 * holds a score of 1. A class without rows has shares of 0.
 */
export function scoreBins(thresholds: Decision[], nBins = 20): ScoreBin[] {
  const at = (value: number) => nearestDecision(thresholds, value)
  const first = at(0)
  if (first === undefined) return []
  const [nPositive, nNegative] = [
    first.truePositives + first.falseNegatives,
    first.falsePositives + first.trueNegatives,
  ]
  return Array.from({ length: nBins }, (_, i) => {
    const [lower, upper] = [i / nBins, (i + 1) / nBins]
    const low = at(lower)!
    const high = i === nBins - 1 ? { truePositives: 0, falsePositives: 0 } : at(upper)!
    return {
      lower,
      upper,
      positives: ratio(low.truePositives - high.truePositives, nPositive) ?? 0,
      negatives: ratio(low.falsePositives - high.falsePositives, nNegative) ?? 0,
    }
  })
}
