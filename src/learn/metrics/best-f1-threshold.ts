import { sortedScoresByClass } from './ranking.ts'

/**
 * The threshold with the highest F1 when rows with `score >= threshold` are flagged.
 *
 * It is always one of the given scores. Of several equally good ones the highest is taken, which sends the fewest claims
 * to a person. Choose it on data the model was not fitted on, and judge it on yet other data: F1 at its own best
 * threshold is too optimistic.
 * @param y     labels 0 or 1, shape (n,)
 * @param score shape (n,)
 * @returns a score; NaN when only one class is present
 * O(n log n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function bestF1Threshold(y: Uint8Array, score: Float64Array): number {
  const { positives, negatives } = sortedScoresByClass(y, score)
  if (positives.length === 0 || negatives.length === 0) return NaN
  let best = NaN
  let bestF1 = -1
  let p = positives.length
  let n = negatives.length
  // Only a positive's score can be best: lowering the threshold to a negative's alone adds false positives.
  while (p > 0) {
    const threshold = positives[p - 1]
    while (p > 0 && positives[p - 1] === threshold) p--
    while (n > 0 && negatives[n - 1] >= threshold) n--
    const truePositives = positives.length - p
    const nFlagged = truePositives + negatives.length - n
    const f1 = (2 * truePositives) / (nFlagged + positives.length)
    if (f1 > bestF1) {
      bestF1 = f1
      best = threshold
    }
  }
  return best
}
