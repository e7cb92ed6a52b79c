import type { RawScale, TreeParts } from '../../trees/models/fitted-trees.ts'
import { NumberTrees } from '../../trees/models/number-trees.ts'
import { regressionLosses } from './losses.ts'
import type { FittedRegressionOptions } from './options.ts'

/**
 * Fitted gradient boosting of a number with its preparation. The raw score of a row is the base score plus the values of the
 * leaves it reaches; what is foretold, in the unit of the target, is that or, for a loss of logarithms, its exponential.
 */
export class BoostedRegression extends NumberTrees<FittedRegressionOptions> {
  readonly baseScore: number
  /** Whether raw scores are logarithms of what is foretold. */
  readonly isLog: boolean

  constructor(parts: TreeParts<FittedRegressionOptions>, baseScore: number) {
    super(parts)
    this.baseScore = baseScore
    this.isLog = regressionLosses[parts.options.loss].isLog
  }

  protected scoreOf(sum: number): number {
    const score = this.baseScore + sum
    return this.isLog ? Math.exp(score) : score
  }

  rawScale(): RawScale {
    return { baseScore: this.baseScore, scale: 1, unit: this.isLog ? 'logTarget' : 'target' }
  }

  override learned(): { baseScore: number } {
    return { baseScore: this.baseScore }
  }
}
