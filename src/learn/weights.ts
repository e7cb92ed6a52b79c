import { AssayError } from '../errors/index.ts'

/** Weights are used as float32, and their sums over all rows must be finite. */
const MAX_WEIGHT = 1e30

/**
 * Checks how much each row counts: a finite number of at least 0 for each row, and something left of each class.
 * @param classes the class of each row, below nClasses; all 0 where a number is learned
 * @throws WEIGHTS_INVALID
 */
export function checkWeights(weights: Float64Array, classes: ArrayLike<number>, nClasses = 2): void {
  if (weights.length !== classes.length) {
    throw new AssayError('WEIGHTS_INVALID', { reason: `there are ${weights.length} for ${classes.length} rows` })
  }
  const used = new Set<number>()
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row]
    if (!(weight >= 0 && weight <= MAX_WEIGHT)) {
      throw new AssayError('WEIGHTS_INVALID', { reason: `row ${row} has the weight ${weight}` })
    }
    if (Math.fround(weight) > 0) used.add(classes[row])
  }
  if (used.size === nClasses) return
  const which = nClasses === 1 ? 'no row' : 'no row of one of the classes'
  throw new AssayError('WEIGHTS_INVALID', { reason: `${which} has a weight above 0` })
}

/** Rows with a weight above 0, ascending; undefined where all have one. */
export function findUsedRows(weights: Float64Array | undefined): Int32Array | undefined {
  if (!weights?.includes(0)) return undefined
  return Int32Array.from(weights.keys()).filter((row) => weights[row] > 0)
}
