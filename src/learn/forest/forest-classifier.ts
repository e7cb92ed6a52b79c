import { usedLabelRows, type LabelRows } from '../targets/label-rows.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { Forest } from './forest.ts'
import { ForestEstimator } from './forest-estimator.ts'

/** What fits a forest for two classes. */
export abstract class ForestClassifier extends ForestEstimator {
  /**
   * Learns from all rows of a table, or from rows of a binned one, which costs no binning: all rows give the same bytes either
   * way. O(nTrees x nRows log(nRows) x maxFeatures); memory is one byte a value plus about 8 bytes a row for each thread, 56
   * above 2,097,151 rows, and where all trees learn from all rows also with weights.
   * @param data labels y, shape (nRows,), 0 or 1; weights, shape (nRows,): where trees learn from rows drawn with replacement,
   * how likely a row is drawn, as in scikit-learn since 1.8 (a leaf then counts how often its rows were drawn, as it does without
   * weights); else how much it counts in impurities and leaves. `minSamplesLeaf` counts rows, whatever they weigh
   * @throws what `checkTrainingRows`, `checkLabels` and `checkWeights` throw; OPTION_INVALID when maxFeatures exceeds the
   * features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: LabelRows, hooks: TrainHooks = {}): Promise<Forest> {
    const { rows, y, weights } = usedLabelRows(data, this.limits)
    return new Forest(await this.grow({ rows, target: { labels: y }, weights }, hooks))
  }
}
