import { AssayError } from '../../errors/index.ts'

/** Numbers foretold, beside what came: both of shape (n,), with how much each row counts; absent: 1 each. */
export type Foretold = { y: Float64Array; predicted: Float64Array; weights?: Float64Array }

/**
 * Checks once, at the door, what every metric of numbers assumes: as many of each, all finite, weights of at least 0.
 * O(n), no allocation.
 * @param isTarget,isPrediction what the metric can take, and how that is said
 * @throws METRIC_LENGTHS_DIFFER, METRIC_TARGET_INVALID, METRIC_SCORE_INVALID, WEIGHTS_INVALID (with the first row at fault)
 */
export function checkForetold(
  { y, predicted, weights }: Foretold,
  target: NumberRule = anyNumber,
  prediction: NumberRule = anyNumber,
): void {
  if (y.length !== predicted.length) {
    throw new AssayError('METRIC_LENGTHS_DIFFER', { nLabels: y.length, nScores: predicted.length })
  }
  if (weights && weights.length !== y.length) {
    throw new AssayError('WEIGHTS_INVALID', { reason: `there are ${weights.length} for ${y.length} rows` })
  }
  for (let row = 0; row < y.length; row++) {
    if (!target.accepts(y[row])) {
      throw new AssayError('METRIC_TARGET_INVALID', { given: y[row], row, wanted: target.wanted })
    }
    if (!prediction.accepts(predicted[row])) {
      throw new AssayError('METRIC_SCORE_INVALID', { given: predicted[row], row, wanted: prediction.wanted })
    }
    if (weights && !(weights[row] >= 0 && weights[row] < Infinity)) {
      throw new AssayError('WEIGHTS_INVALID', { reason: `row ${row} has the weight ${weights[row]}` })
    }
  }
}

/** What a number may be. */
export type NumberRule = { accepts: (value: number) => boolean; wanted: string }

export const anyNumber: NumberRule = { accepts: Number.isFinite, wanted: 'a finite number' }
export const positiveNumber: NumberRule = { accepts: (x) => x > 0 && x < Infinity, wanted: 'a finite number above 0' }
export const notNegative: NumberRule = {
  accepts: (x) => x >= 0 && x < Infinity,
  wanted: 'a finite number of at least 0',
}

/** The mean of a term of each row, by weight; NaN where there is no weight. */
export function meanOf(n: number, weights: Float64Array | undefined, termOf: (row: number) => number): number {
  let sum = 0
  let total = 0
  for (let row = 0; row < n; row++) {
    const weight = weights ? weights[row] : 1
    sum += weight * termOf(row)
    total += weight
  }
  return sum / total
}
