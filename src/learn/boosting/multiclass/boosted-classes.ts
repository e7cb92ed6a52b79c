import { ClassTrees, toShares } from '../../trees/models/class-trees.ts'
import type { RawScale, TreeParts } from '../../trees/models/fitted-trees.ts'
import type { FittedBoostingOptions } from '../boosted-trees.ts'

/**
 * Fitted gradient boosting of several classes with its preparation. The raw score of a row for a class is the class's base score
 * plus the values of the leaves it reaches in the class's trees; probabilities are the softmax of the raw scores.
 */
export class BoostedClasses extends ClassTrees<FittedBoostingOptions> {
  /** One for each class. */
  readonly baseScores: readonly number[]

  constructor(parts: TreeParts<FittedBoostingOptions>, baseScores: readonly number[]) {
    super(parts, baseScores.length)
    this.baseScores = baseScores
  }

  protected toProbabilities(sums: Float64Array): void {
    let most = -Infinity
    for (let k = 0; k < sums.length; k++) most = Math.max(most, (sums[k] += this.baseScores[k]))
    for (let k = 0; k < sums.length; k++) sums[k] = Math.exp(sums[k] - most)
    toShares(sums)
  }

  rawScale(k: number): RawScale {
    return { baseScore: this.baseScores[k], scale: 1, unit: 'softmaxScore' }
  }

  override learned(): { baseScores: readonly number[] } {
    return { baseScores: this.baseScores }
  }
}
