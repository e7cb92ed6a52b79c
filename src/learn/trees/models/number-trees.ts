import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../evaluator.ts'
import { FittedTrees, type TreeParts } from './fitted-trees.ts'

/** Trees that give each row one number. */
export abstract class NumberTrees<Options extends object = object> extends FittedTrees<Options, number> {
  readonly #evaluator: TreeEvaluator

  constructor(parts: TreeParts<Options>) {
    super(parts)
    this.#evaluator = new TreeEvaluator(parts.preparation, parts.trees)
  }

  /** What a row gets whose leaves sum to this. */
  protected abstract scoreOf(sum: number): number

  /** As in `FittedTrees`. @returns Float64Array, shape (nRows,) */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    for (let row = 0; row < scores.length; row++) scores[row] = this.scoreOf(scores[row])
    return scores
  }

  predictRow(row: Readonly<Record<string, unknown>>): number {
    return this.scoreOf(this.#evaluator.sumOfRow(row))
  }
}
