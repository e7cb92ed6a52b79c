import { sortedScoresByClass } from '../ranking.ts'

/** What is flagged at each distinct score, from the highest down: rows with that score or a higher one. */
export type StepCounts = {
  nPositive: number
  nNegative: number
  /** Distinct scores, descending. */
  threshold: Float64Array
  truePositives: Float64Array
  falsePositives: Float64Array
}

/**
 * Walks once through the scores from the highest down, equal scores together. All curves are read off these counts.
 * O(n log n) time, 24 bytes a distinct score.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function stepCounts(y: Uint8Array, score: Float64Array): StepCounts {
  const { positives, negatives } = sortedScoresByClass(y, score)
  const threshold = new Float64Array(y.length)
  const truePositives = new Float64Array(y.length)
  const falsePositives = new Float64Array(y.length)
  let p = positives.length
  let n = negatives.length
  let k = 0
  while (p > 0 || n > 0) {
    const value = Math.max(p > 0 ? positives[p - 1] : -Infinity, n > 0 ? negatives[n - 1] : -Infinity)
    while (p > 0 && positives[p - 1] >= value) p--
    while (n > 0 && negatives[n - 1] >= value) n--
    threshold[k] = value
    truePositives[k] = positives.length - p
    falsePositives[k] = negatives.length - n
    k++
  }
  return {
    nPositive: positives.length,
    nNegative: negatives.length,
    threshold: threshold.subarray(0, k),
    truePositives: truePositives.subarray(0, k),
    falsePositives: falsePositives.subarray(0, k),
  }
}
