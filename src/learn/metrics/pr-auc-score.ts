import type { CountedMetric } from './counted-metric.ts'
import { rankRows, sortedScoresByClass } from './ranking.ts'

/**
 * Area under the precision-recall curve as average precision: Σ (Rₖ − Rₖ₋₁)·Pₖ over the distinct scores from the highest
 * down, without interpolation (which is too optimistic). Chance level is the rate of positives, not 0.5.
 *
 * Source: Davis & Goadrich (2006), ICML. Golden: test/golden/metrics (scikit-learn `average_precision_score`).
 * @param y     labels 0 or 1, shape (n,)
 * @param score any number that grows with the chance of 1, shape (n,)
 * @returns in (0, 1]; NaN when only one class is present (scikit-learn gives 0 or 1 there, which reads as a verdict)
 * O(n log n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function prAucScore(y: Uint8Array, score: Float64Array): number {
  const { positives, negatives } = sortedScoresByClass(y, score)
  if (positives.length === 0 || negatives.length === 0) return NaN
  let area = 0
  let p = positives.length
  let n = negatives.length
  while (p > 0) {
    const value = positives[p - 1]
    const before = p
    while (p > 0 && positives[p - 1] === value) p--
    while (n > 0 && negatives[n - 1] >= value) n--
    const truePositives = positives.length - p
    area += ((before - p) * truePositives) / (truePositives + negatives.length - n)
  }
  return area / positives.length
}

/** Counted form of `prAucScore`; a resample without one of the classes gives NaN. */
export function countedPrAuc(y: Uint8Array, score: Float64Array): CountedMetric {
  const { rows, labels, endsTie } = rankRows(y, score)
  return (counts) => {
    let area = 0
    let truePositives = 0
    let falsePositives = 0
    let tiedPositives = 0
    for (let k = rows.length - 1; k >= 0; k--) {
      const count = counts[rows[k]]
      if (labels[k] === 1) tiedPositives += count
      else falsePositives += count
      if ((k === 0 || endsTie[k - 1] === 1) && tiedPositives > 0) {
        truePositives += tiedPositives
        area += (tiedPositives * truePositives) / (truePositives + falsePositives)
        tiedPositives = 0
      }
    }
    return truePositives === 0 || falsePositives === 0 ? NaN : area / truePositives
  }
}
