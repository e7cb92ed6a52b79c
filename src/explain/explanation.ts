import type { RawUnit } from '../learn/index.ts'

/**
 * The contributions of the features to the raw scores of some rows. baseValue plus the contributions to a row are its raw score,
 * to 1e-9 of the largest number that is added up (or to 1e-9 where that is below 1).
 */
export type Explanation = {
  unit: RawUnit
  /** What is expected where nothing is known of a row. */
  baseValue: number
  /** Names, in the order of the signature. */
  features: string[]
  nRows: number
  /** Contributions, shape (nRows, nFeatures), row by row. */
  values: Float64Array
  /** Raw scores, shape (nRows,). */
  raw: Float64Array
}
