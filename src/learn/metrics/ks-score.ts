import type { CountedMetric } from './counted-metric.ts'
import { stepCounts } from './curves/step-counts.ts'
import { rankRows } from './ranking.ts'

/**
 * Kolmogorov-Smirnov: the greatest distance by which the share of positives flagged exceeds that of negatives, over all
 * thresholds; also Youden's J at its best. 0 is chance or worse, 1 is perfect.
 *
 * Golden: test/golden/metrics (scikit-learn `roc_curve`).
 * @param y     labels 0 or 1, shape (n,)
 * @param score any number that grows with the chance of 1, shape (n,)
 * @returns in [0, 1]; NaN when only one class is present
 * O(n log n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function ksScore(y: Uint8Array, score: Float64Array): number {
  const { nPositive, nNegative, truePositives, falsePositives } = stepCounts(y, score)
  if (nPositive === 0 || nNegative === 0) return NaN
  let greatest = 0
  for (let k = 0; k < truePositives.length; k++) {
    greatest = Math.max(greatest, truePositives[k] / nPositive - falsePositives[k] / nNegative)
  }
  return greatest
}

/** Counted form of `ksScore`; a resample without one of the classes gives NaN. */
export function countedKs(y: Uint8Array, score: Float64Array): CountedMetric {
  const { rows, labels, endsTie } = rankRows(y, score)
  return (counts) => {
    let [nPositive, nNegative] = [0, 0]
    for (let k = 0; k < rows.length; k++) {
      if (labels[k] === 1) nPositive += counts[rows[k]]
      else nNegative += counts[rows[k]]
    }
    if (nPositive === 0 || nNegative === 0) return NaN
    let [positivesBelow, negativesBelow, greatest] = [0, 0, 0]
    for (let k = 0; k < rows.length; k++) {
      if (labels[k] === 1) positivesBelow += counts[rows[k]]
      else negativesBelow += counts[rows[k]]
      if (endsTie[k] === 1) greatest = Math.max(greatest, negativesBelow / nNegative - positivesBelow / nPositive)
    }
    return greatest
  }
}
