import { AssayError } from '../errors/index.ts'

/** Weights are used as float32, and their sums over all rows must be finite. */
const MAX_WEIGHT = 1e30

/**
 * Checks how much each row counts: a finite number of at least 0 for each row, and something left of both classes.
 * @throws WEIGHTS_INVALID
 */
export function checkWeights(weights: Float64Array, y: Uint8Array): void {
  if (weights.length !== y.length) {
    throw new AssayError('WEIGHTS_INVALID', { reason: `there are ${weights.length} for ${y.length} rows` })
  }
  const used = [false, false]
  for (let row = 0; row < y.length; row++) {
    const weight = weights[row]
    if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
      throw new AssayError('WEIGHTS_INVALID', { reason: `row ${row} has the weight ${weight}` })
    }
    if (Math.fround(weight) > 0) used[y[row]] = true
  }
  if (!used[0] || !used[1]) {
    throw new AssayError('WEIGHTS_INVALID', { reason: 'no row of one of the classes has a weight above 0' })
  }
}
