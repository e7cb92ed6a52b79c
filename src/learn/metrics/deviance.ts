import { checkOption } from '../options.ts'
import { checkForetold, meanOf, notNegative, positiveNumber } from './check-numbers.ts'

/**
 * Mean Tweedie deviance: twice what the log-likelihood of the numbers foretold lacks. Lower is better, 0 is perfect. Power 1 is
 * Poisson, 2 is gamma; between them it suits sums of claims, of which many are 0.
 *
 *   p = 1:  2·(y·ln(y/μ) − y + μ)        p = 2:  2·(ln(μ/y) + y/μ − 1)
 *   else:   2·(y^(2−p) / ((1−p)·(2−p)) − y·μ^(1−p) / (1−p) + μ^(2−p) / (2−p))
 *
 * Source: Jørgensen (1987), JRSS B 49(2). Golden: test/golden/regression-metrics (scikit-learn `mean_tweedie_deviance`).
 * @param y         numbers that came, shape (n,): at least 0, of power 2 above 0
 * @param predicted means foretold, shape (n,), above 0
 * @param power     from 1 to 2
 * @param weights   how much each row counts, shape (n,), at least 0; absent: 1 each
 * @returns at least 0 but for rounding; NaN when n = 0
 * O(n) time.
 * @throws OPTION_INVALID, METRIC_LENGTHS_DIFFER, METRIC_TARGET_INVALID, METRIC_SCORE_INVALID, WEIGHTS_INVALID
 */
export function tweedieDevianceLoss(
  y: Float64Array,
  predicted: Float64Array,
  power: number,
  weights?: Float64Array,
): number {
  checkOption('power', power, { number: [1, 2] })
  checkForetold({ y, predicted, weights }, power === 2 ? positiveNumber : notNegative, positiveNumber)
  return 2 * meanOf(y.length, weights, (row) => halfDeviance(y[row], predicted[row], power))
}

/** Mean Poisson deviance, for counts of claims: `tweedieDevianceLoss` of power 1. */
export function poissonDevianceLoss(y: Float64Array, predicted: Float64Array, weights?: Float64Array): number {
  return tweedieDevianceLoss(y, predicted, 1, weights)
}

/** Mean gamma deviance, for amounts of claims: `tweedieDevianceLoss` of power 2. */
export function gammaDevianceLoss(y: Float64Array, predicted: Float64Array, weights?: Float64Array): number {
  return tweedieDevianceLoss(y, predicted, 2, weights)
}

function halfDeviance(y: number, mean: number, power: number): number {
  if (power === 1) return (y > 0 ? y * Math.log(y / mean) : 0) - y + mean
  if (power === 2) return Math.log(mean / y) + y / mean - 1
  const [a, b] = [1 - power, 2 - power]
  return y ** b / (a * b) - (y * mean ** a) / a + mean ** b / b
}
