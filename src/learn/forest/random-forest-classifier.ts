import type { TrainHooks } from '../train-hooks.ts'
import { Forest } from './forest.ts'
import { forestKinds } from './forest-kinds.ts'
import { growForest } from './grow-forest.ts'
import { resolveForestOptions, type ForestOptions } from './options.ts'
import { usedClassRows, type ClassRows } from './used-rows.ts'

/**
 * Random forest for two classes over binned columns (Breiman 2001): each tree sees a bootstrap sample and splits on the
 * best of a few drawn features by Gini impurity. What differs from scikit-learn: numbers are cut into at most 255 bins
 * first; categories are split natively, by an order of their levels that each tree takes from the rows it does not learn
 * from; a missing value goes to the side where it lowers impurity more, or with the larger side where training had none.
 *
 * Training is deterministic in (table, y, weights, options without nThreads).
 */
export class RandomForestClassifier {
  readonly options: Readonly<ForestOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<ForestOptions> = {}) {
    this.options = resolveForestOptions(options)
  }

  /**
   * Learns from all rows of the table. O(nTrees x nRows log(nRows) x maxFeatures); memory is one byte a value plus about
   * 8 bytes a row for each thread, 56 above 2,097,151 rows.
   * @param data labels y, shape (nRows,), 0 or 1; weights, shape (nRows,): how likely a row is drawn, as in scikit-learn since
   * 1.8; a leaf then counts how often its rows were drawn, as it does without weights
   * @throws what `checkTrainingRows`, `checkLabels` and `checkWeights` throw; OPTION_INVALID when maxFeatures exceeds the
   * features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: ClassRows, hooks: TrainHooks = {}): Promise<Forest> {
    const { rows, y, weights } = usedClassRows(data, this.options)
    const kind = forestKinds.random_forest.kindOf(this.options)
    const { preparation, trees } = await growForest({ rows, target: { labels: y }, weights }, this.options, kind, hooks)
    const { nThreads: _, ...fitted } = this.options
    return new Forest(preparation, fitted, trees)
  }
}
