import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { fitPreparation } from '../preparation.ts'
import { checkTrainingData, type Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { Forest } from './forest.ts'
import { layOut } from './layout.ts'
import { resolveForestOptions, type ForestOptions } from './options.ts'
import { joinTrees, type GrownTree } from '../trees/trees.ts'

/**
 * Random forest for two classes over binned columns (Breiman 2001): each tree sees a bootstrap sample and splits on the
 * best of a few drawn features by Gini impurity. What differs from scikit-learn: numbers are cut into at most 255 bins
 * first; categories are split natively, by an order of their levels that each tree takes from the rows it does not learn
 * from; a missing value goes to the side where it lowers impurity more, or with the larger side where training had none.
 *
 * Training is deterministic in (table, y, options without nThreads).
 */
export class RandomForestClassifier {
  readonly options: Readonly<ForestOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<ForestOptions> = {}) {
    this.options = resolveForestOptions(options)
  }

  /**
   * Learns from all rows of the table. O(nTrees x nRows log(nRows) x maxFeatures); memory is one byte a value plus about
   * 24 bytes a row for each thread.
   * @param y labels, shape (nRows,), 0 or 1
   * @throws what `checkTrainingData` throws; OPTION_INVALID when maxFeatures exceeds the features; TABLE_TOO_LARGE when
   * the memory would; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(table: Table, y: Uint8Array, hooks: TrainHooks = {}): Promise<Forest> {
    checkTrainingData(table, y)
    const { nThreads, ...fitted } = this.options
    const maxFeatures = featuresPerSplit(fitted.maxFeatures, table.columns.length)
    const preparation = fitPreparation(table, fitted.maxBins)
    const input = layOut({ table, y, preparation, maxFeatures, options: this.options })
    const work = { module: new URL('./grow-task.ts', import.meta.url), input, nTasks: fitted.nTrees, nThreads }
    try {
      return new Forest(preparation, fitted, joinTrees(await runTeam<GrownTree>(work, hooks)))
    } catch (cause) {
      if (hooks.signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
      throw cause
    }
  }
}

function featuresPerSplit(maxFeatures: number | 'sqrt', nFeatures: number): number {
  if (maxFeatures === 'sqrt') return Math.floor(Math.sqrt(nFeatures))
  if (maxFeatures <= nFeatures) return maxFeatures
  const allowed = `at most ${nFeatures}, the number of features`
  throw new AssayError('OPTION_INVALID', { option: 'maxFeatures', given: maxFeatures, allowed })
}
