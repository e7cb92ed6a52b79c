import { MAX_ROWS } from '../../kernels/index.ts'
import type { RowLimits } from '../targets/used-rows.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { forestKinds, type ForestName } from './forest-kinds.ts'
import type { FittedForestOptions } from './forest.ts'
import { growForest, type ForestData, type GrownForest } from './grow-forest.ts'
import type { ExtraTreesOptions, ForestOptions } from './options.ts'

/** What fits a forest of some kind, whatever its task. */
export abstract class ForestEstimator {
  readonly algorithm: ForestName
  readonly options: Readonly<ForestOptions & Partial<ExtraTreesOptions>>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(algorithm: ForestName, options: Partial<ExtraTreesOptions> = {}) {
    this.algorithm = algorithm
    this.options = forestKinds[algorithm].resolveOptions(options)
  }

  protected get limits(): RowLimits {
    return { maxRows: MAX_ROWS, maxBins: this.options.maxBins }
  }

  /** As `growForest`. */
  protected async grow(data: ForestData, hooks: TrainHooks): Promise<GrownForest & { options: FittedForestOptions }> {
    const { nThreads: _, ...options } = this.options
    const kind = forestKinds[this.algorithm].kindOf(this.options)
    return { options, ...(await growForest(data, this.options, kind, hooks)) }
  }
}
