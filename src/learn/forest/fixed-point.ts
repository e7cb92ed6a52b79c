/** Bits of a cell's weight; see `kernels/wasm/cell.ts`. */
const WEIGHT_BITS = 36
/** Bits of a cell's sum, less one for the sign and one for safety. */
const SUM_BITS = 62
/** Whole numbers that a float64 holds. */
const VALUE_BITS = 52

/**
 * Weights in units of a power of two, as fine as their sum allows, so that sums over rows are exact and do not depend on their
 * order. Whole weights whose sum is below 2^35 stay exact; a weight never vanishes, and is exact to 2^-36 of the sum.
 * @param weights shape (n,), above 0
 * @param out gets whole numbers of at least 1
 * @returns their sum
 */
export function fixWeights(weights: Float64Array, out: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const unit = 2 ** (WEIGHT_BITS - 1 - Math.ceil(Math.log2(sum)))
  let fixed = 0
  for (let row = 0; row < weights.length; row++) {
    out[row] = Math.max(1, Math.round(weights[row] * unit))
    fixed += out[row]
  }
  return fixed
}

/**
 * Targets of regression in units of a power of two, as fine as the sum of weights allows.
 * @param out gets whole numbers
 * @returns the unit: what a mean of whole numbers is multiplied by
 */
export function fixTargets(values: Float64Array, totalWeight: number, out: Float64Array): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  const bits = Math.min(VALUE_BITS, SUM_BITS - Math.ceil(Math.log2(totalWeight)))
  const exponent = largest > 0 ? Math.ceil(Math.log2(largest)) - bits : 0
  for (let row = 0; row < values.length; row++) out[row] = Math.round(values[row] * 2 ** -exponent)
  return 2 ** exponent
}
