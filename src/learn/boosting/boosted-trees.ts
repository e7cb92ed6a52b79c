import type { Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { TreeEvaluator } from '../trees/evaluator.ts'
import type { Trees } from '../trees/trees.ts'
import type { BoostingOptions } from './options.ts'

/** Options that decide what the trees are; the number of threads does not. */
export type FittedBoostingOptions = Omit<BoostingOptions, 'nThreads'>

/**
 * Fitted gradient boosting with its preparation. The raw score of a row is the base score plus the values of the leaves it
 * reaches, in log-odds; its score is the logistic function of that.
 */
export class BoostedTrees {
  readonly preparation: Preparation
  readonly options: FittedBoostingOptions
  readonly trees: Trees
  readonly baseScore: number
  readonly #evaluator: TreeEvaluator

  constructor(preparation: Preparation, options: FittedBoostingOptions, trees: Trees, baseScore: number) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
    this.baseScore = baseScore
    this.#evaluator = new TreeEvaluator(preparation, trees)
  }

  /**
   * Scores of all rows. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth), on the caller's thread.
   * @returns Float64Array, shape (nRows,), in [0, 1]
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    for (let row = 0; row < scores.length; row++) scores[row] = logistic(this.baseScore + scores[row])
    return scores
  }

  /**
   * The score of one row, equal to that of `predict` bit for bit. null is missing, as is NaN for a number; a category may
   * be given as a string, or as a number or boolean that stands for its text, and a date as its ISO text. A level never seen
   * counts as the others.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number {
    return logistic(this.baseScore + this.#evaluator.sumOfRow(row))
  }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
