import type { Table } from '../../table.ts'
import type { Signature } from '../model.ts'

/** A fitted estimator of a number with its preparation: from raw columns to the number foretold. */
export type RegressionModel = {
  readonly task: 'regression'
  readonly algorithm: string
  readonly signature: Pick<Signature, 'columns' | 'target'>
  /** What is foretold for each row, in the unit of the target, shape (nRows,); columns matched by name. */
  predict(table: Table): Float64Array
  /** What is foretold for one row, equal to that of `predict` bit for bit. */
  predictRow(row: Readonly<Record<string, unknown>>): number
  /** What it is, for people: options and sizes. */
  describe(): object
}
