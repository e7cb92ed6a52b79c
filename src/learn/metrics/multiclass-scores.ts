import { AssayError } from '../../errors/index.ts'

/**
 * Mean negative log-likelihood of the classes, in nats: −mean(ln p of the row's own class). Lower is better. A probability of 0
 * counts as 2.2e-16, as in `logLoss`.
 *
 * Golden: test/golden/regression-metrics (scikit-learn `log_loss`).
 * @param y             class of each row, shape (n,), from 0 to nClasses − 1
 * @param probabilities shape (n, nClasses), row by row, in [0, 1]
 * @returns at least 0; NaN when n = 0
 * O(n·nClasses) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_CLASS_INVALID, METRIC_SCORE_INVALID
 */
export function multiclassLogLoss(y: Int32Array, probabilities: Float64Array): number {
  const nClasses = checkProbabilities(y, probabilities)
  let sum = 0
  for (let row = 0; row < y.length; row++) {
    sum -= Math.log(Math.min(Math.max(probabilities[row * nClasses + y[row]], Number.EPSILON), 1 - Number.EPSILON))
  }
  return sum / y.length
}

/**
 * Share of the rows whose own class is the most likely one; of equally likely ones the first is taken. Higher is better.
 *
 * Golden: test/golden/regression-metrics (scikit-learn `accuracy_score`).
 * @returns in [0, 1]; NaN when n = 0
 * O(n·nClasses) time. Parameters and errors as of `multiclassLogLoss`.
 */
export function multiclassAccuracyScore(y: Int32Array, probabilities: Float64Array): number {
  const nClasses = checkProbabilities(y, probabilities)
  let nRight = 0
  for (let row = 0; row < y.length; row++) {
    const first = row * nClasses
    let best = 0
    for (let k = 1; k < nClasses; k++) if (probabilities[first + k] > probabilities[first + best]) best = k
    if (best === y[row]) nRight++
  }
  return nRight / y.length
}

/** @returns how many classes there are */
function checkProbabilities(y: Int32Array, probabilities: Float64Array): number {
  const nClasses = probabilities.length / y.length
  if (y.length > 0 && !(Number.isInteger(nClasses) && nClasses >= 2)) {
    throw new AssayError('METRIC_LENGTHS_DIFFER', { nLabels: y.length, nScores: probabilities.length })
  }
  for (let row = 0; row < y.length; row++) {
    if (!(y[row] >= 0 && y[row] < nClasses))
      throw new AssayError('METRIC_CLASS_INVALID', { given: y[row], row, nClasses })
  }
  for (let i = 0; i < probabilities.length; i++) {
    const given = probabilities[i]
    if (given >= 0 && given <= 1) continue
    const row = Math.floor(i / nClasses)
    throw new AssayError('METRIC_SCORE_INVALID', { given, row, wanted: 'a probability from 0 to 1' })
  }
  return nClasses
}
