import type { Table } from '../../table.ts'
import { sliceTrees, type Trees } from '../trees.ts'
import { TreeEvaluator } from '../evaluator.ts'
import { FittedTrees, type TreeParts } from './fitted-trees.ts'

/** Trees that give each row a probability for each class: equally many trees for each, class by class. */
export abstract class ClassTrees<Options extends object = object> extends FittedTrees<Options, number[]> {
  readonly nClasses: number
  readonly #evaluator: TreeEvaluator

  constructor(parts: TreeParts<Options>, nClasses: number) {
    super(parts)
    this.nClasses = nClasses
    this.#evaluator = new TreeEvaluator(parts.preparation, parts.trees, nClasses)
  }

  /** Turns the sums of leaves of one row, class by class, into probabilities, in place. */
  protected abstract toProbabilities(sums: Float64Array): void

  override treesOf(k: number): Trees {
    const nTrees = this.trees.starts.length / 2 / this.nClasses
    return sliceTrees(this.trees, k * nTrees, (k + 1) * nTrees)
  }

  /** As in `FittedTrees`. @returns Float64Array, shape (nRows, nClasses), row by row; each row sums to 1 */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    const { nClasses } = this
    for (let at = 0; at < scores.length; at += nClasses) this.toProbabilities(scores.subarray(at, at + nClasses))
    return scores
  }

  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    const scores = Float64Array.from(this.#evaluator.sumsOfRow(row))
    this.toProbabilities(scores)
    return [...scores]
  }
}

/** Numbers above 0 as shares of their sum, in place. */
export function toShares(numbers: Float64Array): void {
  let total = 0
  for (let k = 0; k < numbers.length; k++) total += numbers[k]
  for (let k = 0; k < numbers.length; k++) numbers[k] /= total
}
