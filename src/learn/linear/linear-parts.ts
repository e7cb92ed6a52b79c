import type { AnyModel } from '../model/any-model.ts'
import type { Table } from '../table.ts'
import { LinearModel } from './linear-model.ts'

/** What explanation needs of a linear model: its raw score is the intercept plus an addend of each column. */
export type LinearParts = {
  /** Columns, in the order of the signature. */
  features: string[]
  /** Log-odds. */
  intercept: number
  /**
   * What each column adds to the log-odds of each row, all its terms together; one array a column, shape (nRows,).
   * @throws as `predict` of the model
   */
  addends(table: Table): Float64Array[]
}

/** The parts of a logistic regression; undefined for a model of another kind. A calibrated model is asked for its inner one. */
export function linearPartsOf(model: AnyModel): LinearParts | undefined {
  if (!(model instanceof LinearModel)) return undefined
  const features = model.signature.columns.map(({ name }) => name)
  return { features, intercept: model.fit.intercept, addends: (table) => model.addends(table) }
}
