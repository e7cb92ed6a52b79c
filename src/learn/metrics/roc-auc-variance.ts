import { sortedScoresByClass } from './ranking.ts'

/**
 * Variance of `rocAucScore` over samples of these sizes, without a model of the scores: the variance of the positives'
 * placements among the negatives over their number, and the other way round.
 * Source: DeLong et al. (1988), Biometrics 44; midranks as in Sun & Xu (2014), IEEE SPL 21. O(n log n).
 * @returns NaN with one class; 0 for a perfect separation, of which more than its size is not known
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function rocAucVariance(y: Uint8Array, score: Float64Array): number {
  const { positives, negatives } = sortedScoresByClass(y, score)
  if (positives.length === 0 || negatives.length === 0) return NaN
  return (
    varianceOf(placements(positives, negatives)) / positives.length +
    varianceOf(placements(negatives, positives)) / negatives.length
  )
}

/** For each of the ascending values the share of the ascending others below it, ties counted half. */
function placements(values: Float64Array, others: Float64Array): Float64Array {
  const shares = new Float64Array(values.length)
  let below = 0
  let notAbove = 0
  for (let i = 0; i < values.length; i++) {
    while (below < others.length && others[below] < values[i]) below++
    while (notAbove < others.length && others[notAbove] <= values[i]) notAbove++
    shares[i] = (below + notAbove) / (2 * others.length)
  }
  return shares
}

function varianceOf(values: Float64Array): number {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
}
