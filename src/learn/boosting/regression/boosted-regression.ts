import type { Preparation } from '../../preparation.ts'
import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../../trees/evaluator.ts'
import type { Trees } from '../../trees/trees.ts'
import { regressionLosses } from './losses.ts'
import type { FittedRegressionOptions } from './options.ts'

/**
 * Fitted gradient boosting of a number with its preparation. The raw score of a row is the base score plus the values of the
 * leaves it reaches; what is foretold is that or, for a loss of logarithms, its exponential.
 */
export class BoostedRegression {
  readonly preparation: Preparation
  readonly options: FittedRegressionOptions
  readonly trees: Trees
  readonly baseScore: number
  readonly #evaluator: TreeEvaluator
  readonly #isLog: boolean

  constructor(preparation: Preparation, options: FittedRegressionOptions, trees: Trees, baseScore: number) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
    this.baseScore = baseScore
    this.#evaluator = new TreeEvaluator(preparation, trees)
    this.#isLog = regressionLosses[options.loss].isLog
  }

  /**
   * What is foretold for all rows, in the unit of the target. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth), on the caller's thread.
   * @returns Float64Array, shape (nRows,)
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    return this.#evaluator.sums(table).map((sum) => this.#foretold(sum))
  }

  /**
   * What is foretold for one row, equal to that of `predict` bit for bit; values are taken as `TreeEvaluator.sumOfRow` says.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number {
    return this.#foretold(this.#evaluator.sumOfRow(row))
  }

  #foretold(sum: number): number {
    const score = this.baseScore + sum
    return this.#isLog ? Math.exp(score) : score
  }
}
