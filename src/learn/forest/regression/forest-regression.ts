import type { RawScale, TreeParts } from '../../trees/models/fitted-trees.ts'
import { NumberTrees } from '../../trees/models/number-trees.ts'
import type { FittedForestOptions } from '../forest.ts'

/**
 * A fitted forest for a number with its preparation. What is foretold for a row, in the unit of the target, is the base, the mean
 * of the training rows, plus the mean over the trees of what the leaves it reaches say.
 */
export class ForestRegression extends NumberTrees<FittedForestOptions> {
  readonly baseScore: number
  readonly #nTrees: number

  constructor(parts: TreeParts<FittedForestOptions>, baseScore: number) {
    super(parts)
    this.baseScore = baseScore
    this.#nTrees = parts.trees.starts.length / 2
  }

  protected scoreOf(sum: number): number {
    return this.baseScore + sum / this.#nTrees
  }

  rawScale(): RawScale {
    return { baseScore: this.baseScore, scale: 1 / this.#nTrees, unit: 'target' }
  }

  override learned(): { baseScore: number } {
    return { baseScore: this.baseScore }
  }
}
