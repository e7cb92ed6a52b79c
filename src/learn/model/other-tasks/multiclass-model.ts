import type { Table } from '../../table.ts'
import type { Signature } from '../model.ts'

/** A fitted estimator of one of several classes with its preparation: from raw columns to a probability for each class. */
export type MulticlassModel = {
  readonly task: 'multiclass'
  readonly algorithm: string
  readonly signature: Pick<Signature, 'columns' | 'target'>
  /** Levels of the target, in the order of the probabilities. */
  readonly classes: readonly string[]
  /** Probabilities that sum to 1, shape (nRows, nClasses), row by row; columns matched by name. */
  predict(table: Table): Float64Array
  /** The probabilities of one row, equal to those of `predict` bit for bit. */
  predictRow(row: Readonly<Record<string, unknown>>): number[]
  /** What it is, for people: options and sizes. */
  describe(): object
}
