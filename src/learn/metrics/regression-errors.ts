import { checkForetold, meanOf } from './check-numbers.ts'

/**
 * Root of the mean squared error, in the unit of the target. Lower is better.
 *
 * Golden: test/golden/regression-metrics (scikit-learn `root_mean_squared_error`).
 * @param y         numbers that came, shape (n,), finite
 * @param predicted numbers foretold, shape (n,), finite
 * @param weights   how much each row counts, shape (n,), at least 0; absent: 1 each
 * @returns at least 0; NaN when n = 0
 * O(n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_TARGET_INVALID, METRIC_SCORE_INVALID, WEIGHTS_INVALID
 */
export function rootMeanSquaredError(y: Float64Array, predicted: Float64Array, weights?: Float64Array): number {
  checkForetold({ y, predicted, weights })
  return Math.sqrt(meanOf(y.length, weights, (row) => (y[row] - predicted[row]) ** 2))
}

/**
 * Mean absolute error, in the unit of the target. Lower is better; the median foretells it best.
 *
 * Golden: test/golden/regression-metrics (scikit-learn `mean_absolute_error`).
 * @returns at least 0; NaN when n = 0
 * O(n) time. Parameters and errors as of `rootMeanSquaredError`.
 */
export function meanAbsoluteError(y: Float64Array, predicted: Float64Array, weights?: Float64Array): number {
  checkForetold({ y, predicted, weights })
  return meanOf(y.length, weights, (row) => Math.abs(y[row] - predicted[row]))
}

/**
 * Share of the variance that is explained: 1 − Σ w·(y − ŷ)² / Σ w·(y − ȳ)². Higher is better: 1 is perfect, 0 is as good as
 * the mean of y, below 0 is worse than that.
 *
 * Golden: test/golden/regression-metrics (scikit-learn `r2_score`).
 * @returns at most 1; NaN when y does not vary, as there is nothing to explain
 * O(n) time. Parameters and errors as of `rootMeanSquaredError`.
 */
export function r2Score(y: Float64Array, predicted: Float64Array, weights?: Float64Array): number {
  checkForetold({ y, predicted, weights })
  const mean = meanOf(y.length, weights, (row) => y[row])
  const variance = meanOf(y.length, weights, (row) => (y[row] - mean) ** 2)
  if (!(variance > 0)) return NaN
  return 1 - meanOf(y.length, weights, (row) => (y[row] - predicted[row]) ** 2) / variance
}
