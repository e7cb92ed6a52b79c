import { AssayError } from '../../errors/index.ts'
import type { Explanation } from '../explanation.ts'

/**
 * How far a sum of contributions may be from the raw score: as a share of the largest number that is added up, which says how finely
 * a sum can be told, or absolutely where that is below 1. Numbers in the unit of a target may cancel to next to nothing.
 */
const TOLERANCE = 1e-9

/**
 * Looks whether every row's contributions add up to its raw score. O(nRows x nFeatures).
 * @throws EXPLANATION_INEXACT for the first row for which they do not, NaN included
 */
export function checkSums({ baseValue, features, nRows, values, raw }: Explanation): void {
  const nFeatures = features.length
  for (let row = 0; row < nRows; row++) {
    let sum = baseValue
    let largest = Math.max(1, Math.abs(baseValue), Math.abs(raw[row]))
    for (let at = row * nFeatures; at < (row + 1) * nFeatures; at++) {
      sum += values[at]
      largest = Math.max(largest, Math.abs(values[at]))
    }
    const isExact = Math.abs(sum - raw[row]) <= TOLERANCE * largest
    if (!isExact) throw new AssayError('EXPLANATION_INEXACT', { row, sum, raw: raw[row] })
  }
}
