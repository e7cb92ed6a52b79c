import { checkLabelsAndProbabilities } from './check-input.ts'
import { countedMean, type CountedMetric } from './counted-metric.ts'

/**
 * Mean negative log-likelihood of the labels, in nats: −mean(y·ln p + (1 − y)·ln(1 − p)). Lower is better; a model that
 * always says the rate of positives has the entropy of the labels.
 *
 * A probability of 0 or 1 is moved inside by 2.2e-16 (as scikit-learn does), so one confident error costs 36.04 nats
 * over n, not infinity.
 *
 * Golden: test/golden/metrics (scikit-learn `log_loss`).
 * @param y     labels 0 or 1, shape (n,); one class is enough
 * @param score probability of 1, shape (n,)
 * @returns at least 0; NaN when n = 0
 * O(n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function logLoss(y: Uint8Array, score: Float64Array): number {
  checkLabelsAndProbabilities(y, score)
  let sum = 0
  for (let row = 0; row < y.length; row++) sum += rowLoss(y[row], score[row])
  return sum / y.length
}

/** Counted form of `logLoss`. */
export function countedLogLoss(y: Uint8Array, score: Float64Array): CountedMetric {
  checkLabelsAndProbabilities(y, score)
  return countedMean(score.map((value, row) => rowLoss(y[row], value)))
}

function rowLoss(label: number, probability: number): number {
  const inside = Math.min(Math.max(probability, Number.EPSILON), 1 - Number.EPSILON)
  return label === 1 ? -Math.log(inside) : -Math.log1p(-inside)
}
