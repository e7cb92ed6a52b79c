import type { StepCounts } from './step-counts.ts'

const STEPS = 20

export type LiftCurve = { shareOfRows: number[]; shareOfPositives: number[]; lift: number[] }

/**
 * How many of the positives are among the best-scored 5 %, 10 % … 100 % of the rows (gain), and how many times more that is
 * than by chance (lift).
 * @returns 20 points, or none without positives
 */
export function liftCurve(steps: StepCounts): LiftCurve {
  if (steps.nPositive === 0) return { shareOfRows: [], shareOfPositives: [], lift: [] }
  const shareOfRows = Array.from({ length: STEPS }, (_, i) => (i + 1) / STEPS)
  const shareOfPositives = shareOfRows.map((share) => gainAt(steps, share))
  return { shareOfRows, shareOfPositives, lift: shareOfPositives.map((gain, i) => gain / shareOfRows[i]) }
}

/**
 * Share of the positives among the best-scored share of rows. Where the cut goes through rows of one score, they count in
 * proportion: what any order of them gives on average, so the order of the rows never matters.
 * @param share in (0, 1]
 */
export function gainAt({ nPositive, nNegative, truePositives, falsePositives }: StepCounts, share: number): number {
  const wanted = share * (nPositive + nNegative)
  let k = 0
  while (k < truePositives.length - 1 && truePositives[k] + falsePositives[k] < wanted) k++
  const positivesBefore = k > 0 ? truePositives[k - 1] : 0
  const rowsBefore = k > 0 ? positivesBefore + falsePositives[k - 1] : 0
  const tiedRows = truePositives[k] + falsePositives[k] - rowsBefore
  const part = Math.min(1, (wanted - rowsBefore) / tiedRows)
  return (positivesBefore + part * (truePositives[k] - positivesBefore)) / nPositive
}
