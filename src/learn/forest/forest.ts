import type { Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { TreeEvaluator } from '../trees/evaluator.ts'
import type { Trees } from '../trees/trees.ts'
import type { ExtraTreesOptions, ForestOptions } from './options.ts'

/** Options that decide what a forest is; the number of threads does not. */
export type FittedForestOptions = Omit<ForestOptions, 'nThreads'> & Partial<Pick<ExtraTreesOptions, 'bootstrap'>>

/**
 * A fitted random forest, or extremely randomised trees, with its preparation. The score of a row is the mean over the trees of the share of the positive
 * class in the leaf it reaches (as scikit-learn averages), in [0, 1].
 */
export class Forest {
  readonly preparation: Preparation
  readonly options: FittedForestOptions
  readonly trees: Trees
  readonly #evaluator: TreeEvaluator
  readonly #nTrees: number

  constructor(preparation: Preparation, options: FittedForestOptions, trees: Trees) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
    this.#evaluator = new TreeEvaluator(preparation, trees)
    this.#nTrees = trees.starts.length / 2
  }

  /**
   * Scores of all rows. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth), on the caller's thread.
   * @returns Float64Array, shape (nRows,), in [0, 1]
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    for (let row = 0; row < scores.length; row++) scores[row] /= this.#nTrees
    return scores
  }

  /**
   * The score of one row, equal to that of `predict` bit for bit. null is missing, as is NaN for a number; a category may
   * be given as a string, or as a number or boolean that stands for its text, and a date as its ISO text. A level never seen
   * counts as the others.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number {
    return this.#evaluator.sumOfRow(row) / this.#nTrees
  }
}
