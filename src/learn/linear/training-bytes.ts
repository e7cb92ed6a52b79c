import type { ColumnShape, TrainingShape } from '../model/algorithm.ts'
import { N_MONTHS, N_WEEKDAYS } from './date-parts.ts'
import { MEMORY } from './minimise.ts'
import type { LogisticRegressionOptions } from './options.ts'
import { MAX_PARAMETERS } from './preconditioner.ts'

/** Of a float64. */
const NUMBER_BYTES = 8
/** Of a code in the design: `Uint16Array`. */
const CODE_BYTES = 2
/** About what a level takes while levels are counted: its place in a map and in lists, not its text, which the table has. */
const LEVEL_BYTES = 200
/** Points and directions that a step works with, beside the steps remembered. */
const WORKING_VECTORS = 12

/**
 * Bytes that logistic regression takes at most besides the table: the design (see `Design`: a category is 2 bytes a row however many
 * levels it has, as its columns of zeros and ones never exist), one column that is being prepared, weights, and what grows with the
 * number of coefficients. O(columns).
 */
export function bytesOfLogisticFit(
  { nRows, columns, hasWeights }: TrainingShape,
  { maxLevels, classWeight, l1Ratio }: Pick<LogisticRegressionOptions, 'maxLevels' | 'classWeight' | 'l1Ratio'>,
): number {
  const nTerms = columns.reduce((sum, column) => sum + mostTerms(column, maxLevels), 0)
  const nWeights = Number(hasWeights) + Number(classWeight === 'balanced')
  const hasNumbers = columns.some(({ kind }) => kind === 'number')
  const rowBytes = columns.reduce((sum, column) => sum + designBytes(column), 0)
  const preparedBytes = NUMBER_BYTES * (hasNumbers ? 2 : 1)
  const nParameters = nTerms + 1
  const isMatrix = l1Ratio === 0 && nParameters <= MAX_PARAMETERS
  // The sampled products, and their mean.
  const matrixBytes = isMatrix ? 2 * NUMBER_BYTES * nParameters ** 2 : 0
  const vectorBytes = NUMBER_BYTES * nParameters * (2 * MEMORY + WORKING_VECTORS)
  const mostLevels = columns.reduce(
    (most, column) => Math.max(most, column.kind === 'category' ? column.nLevels : 0),
    0,
  )
  const perRow = rowBytes + preparedBytes + NUMBER_BYTES * nWeights
  return nRows * perRow + matrixBytes + vectorBytes + LEVEL_BYTES * mostLevels
}

/** Coefficients of a column: those of missing values and of other levels included. */
function mostTerms(column: ColumnShape, maxLevels: number): number {
  if (column.kind === 'category') return Math.min(column.nLevels, maxLevels) + 2
  return 2 + (column.format ? N_MONTHS + N_WEEKDAYS : 0)
}

/** Bytes of a column's blocks, a row. */
function designBytes(column: ColumnShape): number {
  if (column.kind === 'category') return CODE_BYTES
  return NUMBER_BYTES + CODE_BYTES * (column.format ? 3 : 1)
}
