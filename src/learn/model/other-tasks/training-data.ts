import type { Table } from '../../table.ts'

/** Rows to learn a number from. */
export type RegressionData = {
  table: Table
  /** The numbers to be foretold, shape (nRows,), none missing. */
  y: Float64Array
  /** How much each row counts, shape (nRows,), at least 0; a row of weight 2 counts as two equal rows. Absent: 1 each. */
  weights?: Float64Array
  /** Name of the target column, for the signature. */
  target: string
}

/** Rows to learn one of several classes from. */
export type MulticlassData = {
  table: Table
  /** The class of each row, shape (nRows,): its place in `classes`. */
  y: Int32Array
  /** Levels of the target, from 2 to 255; there are rows of each. */
  classes: readonly string[]
  /** As for a number. */
  weights?: Float64Array
  /** Name of the target column, for the signature. */
  target: string
}
