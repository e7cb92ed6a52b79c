import { checkLabelsAndProbabilities } from './check-input.ts'
import { countedMean, type CountedMetric } from './counted-metric.ts'

/**
 * Mean squared error of the probability: mean((p − y)²). Lower is better; always saying 0.5 costs 0.25.
 *
 * Source: Brier (1950), Monthly Weather Review 78(1). Golden: test/golden/metrics (scikit-learn `brier_score_loss`).
 * @param y     labels 0 or 1, shape (n,); one class is enough
 * @param score probability of 1, shape (n,)
 * @returns in [0, 1]; NaN when n = 0
 * O(n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function brierLoss(y: Uint8Array, score: Float64Array): number {
  checkLabelsAndProbabilities(y, score)
  let sum = 0
  for (let row = 0; row < y.length; row++) sum += (score[row] - y[row]) ** 2
  return sum / y.length
}

/** Counted form of `brierLoss`. */
export function countedBrier(y: Uint8Array, score: Float64Array): CountedMetric {
  checkLabelsAndProbabilities(y, score)
  return countedMean(score.map((value, row) => (value - y[row]) ** 2))
}
