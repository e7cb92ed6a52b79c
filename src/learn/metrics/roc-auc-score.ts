import type { CountedMetric } from './counted-metric.ts'
import { rankRows, sortedScoresByClass } from './ranking.ts'

/**
 * Area under the ROC curve: the chance that a random positive scores above a random negative, a tie counting one half
 * (Mann-Whitney U over the number of pairs). 0.5 is chance, 1 is perfect.
 *
 * Source: Hanley & McNeil (1982), Radiology 143(1). Golden: test/golden/metrics (scikit-learn `roc_auc_score`).
 * @param y     labels 0 or 1, shape (n,)
 * @param score any number that grows with the chance of 1, shape (n,); infinities are ordered, NaN is refused
 * @returns in [0, 1]; NaN when only one class is present, since there is no pair to compare
 * O(n log n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 * @example rocAucScore(Uint8Array.of(0, 0, 1, 1), Float64Array.of(0.1, 0.4, 0.35, 0.8)) // 0.75
 */
export function rocAucScore(y: Uint8Array, score: Float64Array): number {
  const { positives, negatives } = sortedScoresByClass(y, score)
  let wins = 0
  let below = 0
  let notAbove = 0
  for (const value of positives) {
    while (below < negatives.length && negatives[below] < value) below++
    if (notAbove < below) notAbove = below
    while (notAbove < negatives.length && negatives[notAbove] <= value) notAbove++
    wins += (below + notAbove) / 2
  }
  return wins / (positives.length * negatives.length)
}

/** Counted form of `rocAucScore`; a resample without one of the classes gives NaN. */
export function countedRocAuc(y: Uint8Array, score: Float64Array): CountedMetric {
  const { rows, labels, endsTie } = rankRows(y, score)
  return (counts) => {
    let wins = 0
    let nPositives = 0
    let nNegatives = 0
    let tiedPositives = 0
    let tiedNegatives = 0
    for (let k = 0; k < rows.length; k++) {
      const count = counts[rows[k]]
      if (labels[k] === 1) tiedPositives += count
      else tiedNegatives += count
      if (endsTie[k] === 1) {
        wins += tiedPositives * (nNegatives + tiedNegatives / 2)
        nPositives += tiedPositives
        nNegatives += tiedNegatives
        tiedPositives = 0
        tiedNegatives = 0
      }
    }
    return wins / (nPositives * nNegatives)
  }
}
