import type { Preparation } from '../../preparation.ts'
import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../../trees/evaluator.ts'
import type { Trees } from '../../trees/trees.ts'
import type { FittedForestOptions } from '../forest.ts'

/**
 * A fitted forest for several classes with its preparation. The probability of a class is the mean over the trees of its share in
 * the leaves that a row reaches.
 */
export class ForestClasses {
  readonly preparation: Preparation
  readonly options: FittedForestOptions
  /** All trees once for each class, class by class. */
  readonly trees: Trees
  readonly nClasses: number
  readonly #evaluator: TreeEvaluator

  constructor(preparation: Preparation, options: FittedForestOptions, trees: Trees, nClasses: number) {
    this.preparation = preparation
    this.options = options
    this.trees = trees
    this.nClasses = nClasses
    this.#evaluator = new TreeEvaluator(preparation, trees, nClasses)
  }

  /**
   * Probabilities of all rows. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth x classes), on the caller's thread.
   * @returns Float64Array, shape (nRows, nClasses), row by row; each row sums to 1
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    for (let at = 0; at < scores.length; at += this.nClasses) normalise(scores.subarray(at, at + this.nClasses))
    return scores
  }

  /**
   * The probabilities of one row, equal to those of `predict` bit for bit; values are taken as `TreeEvaluator.sumOfRow` says.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    return [...normalise(Float64Array.from(this.#evaluator.sumsOfRow(row)))]
  }
}

/** Sums of shares to probabilities, in place. The sums add up to the number of trees but for the rounding of leaves. */
function normalise(sums: Float64Array): Float64Array {
  let total = 0
  for (let k = 0; k < sums.length; k++) total += sums[k]
  for (let k = 0; k < sums.length; k++) sums[k] /= total
  return sums
}
