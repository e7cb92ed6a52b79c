import { weightedMean } from '../../boosting/regression/base.ts'
import { usedNumberRows, type NumberRows } from '../../targets/number-rows.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { ForestEstimator } from '../forest-estimator.ts'
import { ForestRegression } from './forest-regression.ts'

/**
 * Random forest or extra trees for a number: splits lower the variance, and a leaf foretells the weighted mean of its rows. Else
 * as `RandomForestClassifier` and `ExtraTreesClassifier`; the levels of a category are ordered by the mean of the target.
 *
 * Training is deterministic in (table, y, weights, options without nThreads): targets are added up as whole numbers.
 */
export class ForestRegressor extends ForestEstimator {
  /**
   * Learns from all rows of a table, or from rows of a binned one. Cost as of two classes; memory about 56 bytes a row for each
   * thread.
   * @param data numbers y, shape (nRows,); weights, shape (nRows,), as for two classes
   * @throws what `checkTrainingRows`, `checkTargets` and `checkWeights` throw; OPTION_INVALID when maxFeatures exceeds the
   * features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: NumberRows, hooks: TrainHooks = {}): Promise<ForestRegression> {
    const { rows, y, weights } = usedNumberRows(data, this.limits)
    const base = weightedMean({ y, weights })
    // Leaves are float32: what they say is how far their rows are from the mean, which keeps the digits that matter.
    const values = y.map((value) => value - base)
    return new ForestRegression(await this.grow({ rows, target: { values }, weights }, hooks), base)
  }
}
