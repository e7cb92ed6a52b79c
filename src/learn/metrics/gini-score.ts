import { checkForetold, meanOf } from './check-numbers.ts'

/**
 * Normalised Gini coefficient: how well the numbers foretold put the rows in order, whatever their size, by what the order of y
 * itself would reach. 1 is the right order, 0 is chance, −1 the reverse order; of two classes it is 2·AUC − 1.
 *
 *   cov(y, R(ŷ)) / cov(y, R(y))        R the rank, in weight: what lies below and half of what is equal
 *
 * Equal numbers share the middle of their ranks, so the order of the rows does not matter and a constant scores 0.
 * Source: Lerman & Yitzhaki (1989), Economics Letters 30(1). Golden: test/golden/regression-metrics (areas below Lorenz curves;
 * scikit-learn `roc_auc_score`).
 * @param y         numbers that came, shape (n,), finite
 * @param predicted any numbers that grow with y, shape (n,), finite
 * @param weights   how much each row counts, shape (n,), at least 0; absent: 1 each
 * @returns in [−1, 1]; NaN when y does not vary
 * O(n log n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_TARGET_INVALID, METRIC_SCORE_INVALID, WEIGHTS_INVALID
 */
export function giniScore(y: Float64Array, predicted: Float64Array, weights?: Float64Array): number {
  checkForetold({ y, predicted, weights })
  const mean = meanOf(y.length, weights, (row) => y[row])
  const covariance = (by: Float64Array): number => {
    const ranks = middleRanks(by, weights)
    return meanOf(y.length, weights, (row) => (y[row] - mean) * ranks[row])
  }
  const most = covariance(y)
  return most > 0 ? covariance(predicted) / most : NaN
}

/** The weight of the rows below each row's value, and half of that of the rows equal to it. */
function middleRanks(values: Float64Array, weights: Float64Array | undefined): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  const ranks = new Float64Array(values.length)
  let below = 0
  for (let begin = 0; begin < order.length;) {
    let end = begin
    let equal = 0
    for (; end < order.length && values[order[end]] === values[order[begin]]; end++) equal += weights?.[order[end]] ?? 1
    for (; begin < end; begin++) ranks[order[begin]] = below + equal / 2
    below += equal
  }
  return ranks
}
