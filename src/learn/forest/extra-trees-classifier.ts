import type { TrainHooks } from '../train-hooks.ts'
import { Forest } from './forest.ts'
import { forestKinds } from './forest-kinds.ts'
import { growForest } from './grow-forest.ts'
import { resolveExtraTreesOptions, type ExtraTreesOptions } from './options.ts'
import { usedClassRows, type ClassRows } from './used-rows.ts'

/**
 * Extremely randomised trees for two classes over binned columns (Geurts, Ernst & Wehenkel 2006): for each of a few drawn
 * features one split is drawn, and the best of these by Gini impurity is taken. All trees learn from all rows unless
 * `bootstrap` says otherwise. A number's threshold is drawn evenly between the node's smallest and largest value, as far as 255
 * bins tell them apart; of a category each level is tried against the rest, as scikit-learn does it on columns of 0 and 1. A
 * missing value goes to a random side, as in scikit-learn, or with the larger side where training had none.
 *
 * Training is deterministic in (table, y, weights, options without nThreads).
 */
export class ExtraTreesClassifier {
  readonly options: Readonly<ExtraTreesOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<ExtraTreesOptions> = {}) {
    this.options = resolveExtraTreesOptions(options)
  }

  /**
   * Learns from all rows of the table. O(nTrees x nRows log(nRows) x maxFeatures); memory is one byte a value plus about
   * 8 bytes a row for each thread, 56 with weights or above 2,097,151 rows.
   * @param data labels y, shape (nRows,), 0 or 1; weights, shape (nRows,): how much each row counts in impurities and leaves, or
   * with `bootstrap` how likely it is drawn. `minSamplesLeaf` counts rows, whatever they weigh
   * @throws what `checkTrainingRows`, `checkLabels` and `checkWeights` throw; OPTION_INVALID when maxFeatures exceeds the
   * features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: ClassRows, hooks: TrainHooks = {}): Promise<Forest> {
    const { nThreads: _, ...fitted } = this.options
    const { rows, y, weights } = usedClassRows(data, this.options)
    const kind = forestKinds.extra_trees.kindOf(this.options)
    const { preparation, trees } = await growForest({ rows, target: { labels: y }, weights }, this.options, kind, hooks)
    return new Forest(preparation, fitted, trees)
  }
}
