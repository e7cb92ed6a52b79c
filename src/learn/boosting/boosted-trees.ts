import type { RawScale, TreeParts } from '../trees/models/fitted-trees.ts'
import { NumberTrees } from '../trees/models/number-trees.ts'
import type { BoostingOptions } from './options.ts'

/** Options that decide what the trees are; the number of threads does not. */
export type FittedBoostingOptions = Omit<BoostingOptions, 'nThreads'>

/**
 * Fitted gradient boosting with its preparation. The raw score of a row is the base score plus the values of the leaves it
 * reaches, in log-odds; its score, in [0, 1], is the logistic function of that.
 */
export class BoostedTrees extends NumberTrees<FittedBoostingOptions> {
  readonly baseScore: number

  constructor(parts: TreeParts<FittedBoostingOptions>, baseScore: number) {
    super(parts)
    this.baseScore = baseScore
  }

  protected scoreOf(sum: number): number {
    return 1 / (1 + Math.exp(-(this.baseScore + sum)))
  }

  rawScale(): RawScale {
    return { baseScore: this.baseScore, scale: 1, unit: 'logOdds' }
  }

  override learned(): { baseScore: number } {
    return { baseScore: this.baseScore }
  }
}
