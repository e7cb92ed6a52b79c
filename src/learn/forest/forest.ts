import type { RawScale, TreeParts } from '../trees/models/fitted-trees.ts'
import { NumberTrees } from '../trees/models/number-trees.ts'
import type { ExtraTreesOptions, ForestOptions } from './options.ts'

/** Options that decide what a forest is; the number of threads does not. */
export type FittedForestOptions = Omit<ForestOptions, 'nThreads'> & Partial<Pick<ExtraTreesOptions, 'bootstrap'>>

/**
 * A fitted random forest, or extremely randomised trees, with its preparation. The score of a row is the mean over the trees of
 * the share of the positive class in the leaf it reaches (as scikit-learn averages), in [0, 1].
 */
export class Forest extends NumberTrees<FittedForestOptions> {
  readonly #nTrees: number

  constructor(parts: TreeParts<FittedForestOptions>) {
    super(parts)
    this.#nTrees = parts.trees.starts.length / 2
  }

  protected scoreOf(sum: number): number {
    return sum / this.#nTrees
  }

  rawScale(): RawScale {
    return { baseScore: 0, scale: 1 / this.#nTrees, unit: 'probability' }
  }
}
