import type { Preparation } from '../../preparation.ts'
import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../../trees/evaluator.ts'
import type { Trees } from '../../trees/trees.ts'
import type { FittedForestOptions } from '../forest.ts'

/**
 * A fitted forest for a number with its preparation. What is foretold for a row is the base, the mean of the training rows, plus
 * the mean over the trees of what the leaves it reaches say.
 */
export class ForestRegression {
  readonly preparation: Preparation
  readonly options: FittedForestOptions
  readonly trees: Trees
  readonly baseScore: number
  readonly #evaluator: TreeEvaluator
  readonly #nTrees: number

  constructor(preparation: Preparation, options: FittedForestOptions, trees: Trees, baseScore: number) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
    this.baseScore = baseScore
    this.#evaluator = new TreeEvaluator(preparation, trees)
    this.#nTrees = trees.starts.length / 2
  }

  /**
   * What is foretold for all rows, in the unit of the target. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth), on the caller's thread.
   * @returns Float64Array, shape (nRows,)
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    return this.#evaluator.sums(table).map((sum) => this.baseScore + sum / this.#nTrees)
  }

  /**
   * What is foretold for one row, equal to that of `predict` bit for bit; values are taken as `TreeEvaluator.sumOfRow` says.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number {
    return this.baseScore + this.#evaluator.sumOfRow(row) / this.#nTrees
  }
}
