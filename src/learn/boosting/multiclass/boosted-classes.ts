import type { Preparation } from '../../preparation.ts'
import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../../trees/evaluator.ts'
import type { Trees } from '../../trees/trees.ts'
import type { FittedBoostingOptions } from '../boosted-trees.ts'

/**
 * Fitted gradient boosting of several classes with its preparation. The raw score of a row for a class is the class's base score
 * plus the values of the leaves it reaches in the class's trees; probabilities are the softmax of the raw scores.
 */
export class BoostedClasses {
  readonly preparation: Preparation
  readonly options: FittedBoostingOptions
  /** Class by class, equally many each. */
  readonly trees: Trees
  readonly baseScores: readonly number[]
  readonly #evaluator: TreeEvaluator

  constructor(preparation: Preparation, options: FittedBoostingOptions, trees: Trees, baseScores: readonly number[]) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
    this.baseScores = baseScores
    this.#evaluator = new TreeEvaluator(preparation, trees, baseScores.length)
  }

  /**
   * Probabilities of all rows. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth), on the caller's thread.
   * @returns Float64Array, shape (nRows, nClasses), row by row; each row sums to 1
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    const nClasses = this.baseScores.length
    for (let at = 0; at < scores.length; at += nClasses) this.#softmax(scores.subarray(at, at + nClasses))
    return scores
  }

  /**
   * The probabilities of one row, equal to those of `predict` bit for bit; values are taken as `TreeEvaluator.sumOfRow` says.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    return [...this.#softmax(Float64Array.from(this.#evaluator.sumsOfRow(row)))]
  }

  /** Sums of leaves to probabilities, in place. */
  #softmax(sums: Float64Array): Float64Array {
    let most = -Infinity
    for (let k = 0; k < sums.length; k++) most = Math.max(most, (sums[k] += this.baseScores[k]))
    let total = 0
    for (let k = 0; k < sums.length; k++) total += sums[k] = Math.exp(sums[k] - most)
    for (let k = 0; k < sums.length; k++) sums[k] /= total
    return sums
  }
}
