import type { TrainingRows } from '../../trees/training-rows.ts'

/** Rows to learn a number from, of a table that may have been binned before. */
export type RegressionData = TrainingRows & {
  /** The numbers to be foretold, shape (nRows,), none missing: of the table's rows, or of the rows named of a binned table. */
  y: Float64Array
  /** How much each row counts, shape (nRows,), at least 0; a row of weight 2 counts as two equal rows. Absent: 1 each. */
  weights?: Float64Array
  /** Name of the target column, for the signature. */
  target: string
}

/** Rows to learn one of several classes from, of a table that may have been binned before. */
export type MulticlassData = TrainingRows & {
  /** The class of each row, its place in `classes`, shape (nRows,): of the table's rows, or of the rows named of a binned table. */
  y: Int32Array
  /** Levels of the target, from 2 to 255; there are rows of each. */
  classes: readonly string[]
  /** As for a number. */
  weights?: Float64Array
  /** Name of the target column, for the signature. */
  target: string
}
