import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../../trees/evaluator.ts'
import { FittedTrees, type RawScale, type TreeParts } from '../../trees/models/fitted-trees.ts'
import { toShares } from '../../trees/models/to-shares.ts'
import { sliceTrees, type Trees } from '../../trees/trees.ts'
import type { FittedBoostingOptions } from '../boosted-trees.ts'

/**
 * Fitted gradient boosting of several classes with its preparation. The raw score of a row for a class is the class's base score
 * plus the values of the leaves it reaches in the class's trees; probabilities are the softmax of the raw scores. There are equally
 * many trees for each class, class by class.
 */
export class BoostedClasses extends FittedTrees<FittedBoostingOptions, number[]> {
  /** One for each class. */
  readonly baseScores: readonly number[]
  readonly #evaluator: TreeEvaluator

  constructor(parts: TreeParts<FittedBoostingOptions>, baseScores: readonly number[]) {
    super(parts)
    this.baseScores = baseScores
    this.#evaluator = new TreeEvaluator(parts.preparation, parts.trees, baseScores.length)
  }

  /** As in `FittedTrees`. @returns Float64Array, shape (nRows, nClasses), row by row; each row sums to 1 */
  predict(table: Table): Float64Array {
    const scores = this.#evaluator.sums(table)
    const nClasses = this.baseScores.length
    for (let at = 0; at < scores.length; at += nClasses) this.#toProbabilities(scores.subarray(at, at + nClasses))
    return scores
  }

  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    const scores = Float64Array.from(this.#evaluator.sumsOfRow(row))
    this.#toProbabilities(scores)
    return [...scores]
  }

  rawScale(k: number): RawScale {
    return { baseScore: this.baseScores[k], scale: 1, unit: 'softmaxScore' }
  }

  override treesOf(k: number): Trees {
    const nRounds = this.trees.starts.length / 2 / this.baseScores.length
    return sliceTrees(this.trees, k * nRounds, (k + 1) * nRounds)
  }

  override learned(): { baseScores: readonly number[] } {
    return { baseScores: this.baseScores }
  }

  /** Sums of leaves to probabilities, in place. */
  #toProbabilities(sums: Float64Array): void {
    let most = -Infinity
    for (let k = 0; k < sums.length; k++) most = Math.max(most, (sums[k] += this.baseScores[k]))
    for (let k = 0; k < sums.length; k++) sums[k] = Math.exp(sums[k] - most)
    toShares(sums)
  }
}
