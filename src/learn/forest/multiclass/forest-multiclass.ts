import { usedClassRows, type ClassRows } from '../../targets/class-rows.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { ForestEstimator } from '../forest-estimator.ts'
import { ForestClasses } from './forest-classes.ts'

/**
 * Random forest or extra trees for several classes: splits lower the Gini impurity over all classes, and a leaf says the share of
 * each. Else as `RandomForestClassifier` and `ExtraTreesClassifier`; a random forest orders the levels of a category by the share
 * of one class, which its trees take in turn.
 *
 * Training is deterministic in (table, y, classes, weights, options without nThreads).
 */
export class ForestMulticlass extends ForestEstimator {
  /**
   * Learns from all rows of a table, or from rows of a binned one. Cost as of two classes, times about half the classes; memory
   * about 56 bytes a row for each thread.
   * @throws what `checkTrainingRows` and `checkWeights` throw; LABELS_LENGTH_DIFFERS, CLASSES_INVALID; OPTION_INVALID when
   * maxFeatures exceeds the features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: ClassRows, hooks: TrainHooks = {}): Promise<ForestClasses> {
    const { rows, y, weights } = usedClassRows(data, this.limits)
    const nClasses = data.classes.length
    const grown = await this.grow({ rows, target: { classes: y, nClasses }, weights }, hooks)
    return new ForestClasses(grown, { nClasses, shares: grown.shares })
  }
}
