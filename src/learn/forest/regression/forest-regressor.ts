import { regressionLosses } from '../../boosting/regression/losses.ts'
import { checkTargets } from '../../boosting/regression/check-targets.ts'
import { MAX_ROWS } from '../../../kernels/index.ts'
import type { RegressionData } from '../../model/other-tasks/training-data.ts'
import { checkTrainingTable, takeRows } from '../../table.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { checkWeights, findUsedRows } from '../../weights.ts'
import { growForest } from '../grow-forest.ts'
import { forestKinds, type ForestName } from '../forest-kinds.ts'
import type { ExtraTreesOptions, ForestOptions } from '../options.ts'
import { ForestRegression } from './forest-regression.ts'

type RegressionRows = Omit<RegressionData, 'target'>

/**
 * Random forest or extra trees for a number: splits lower the variance, and a leaf foretells the weighted mean of its rows. Else
 * as `RandomForestClassifier` and `ExtraTreesClassifier`; the levels of a category are ordered by the mean of the target.
 *
 * Training is deterministic in (table, y, weights, options without nThreads): targets are added up as whole numbers.
 */
export class ForestRegressor {
  readonly algorithm: ForestName
  readonly options: Readonly<ForestOptions & Partial<ExtraTreesOptions>>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(algorithm: ForestName, options: Partial<ExtraTreesOptions> = {}) {
    this.algorithm = algorithm
    this.options = forestKinds[algorithm].resolveOptions(options)
  }

  /**
   * Learns from all rows of the table. Cost as of two classes; memory about 56 bytes a row for each thread.
   * @param data numbers y, shape (nRows,); weights, shape (nRows,), as for two classes
   * @throws what `checkTrainingTable`, `checkTargets` and `checkWeights` throw; OPTION_INVALID when maxFeatures exceeds the features;
   * TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit({ table, y, weights }: RegressionRows, hooks: TrainHooks = {}): Promise<ForestRegression> {
    checkTrainingTable(table, MAX_ROWS)
    if (weights) checkWeights(weights, new Uint8Array(table.nRows), 1)
    checkTargets({ y, weights, nRows: table.nRows }, regressionLosses.squared, 'squared')
    const used = findUsedRows(weights)
    if (used) {
      const rows = { y: Float64Array.from(used, (row) => y[row]), weights: weights!.filter(Boolean) }
      return this.fit({ table: takeRows(table, used), ...rows }, hooks)
    }
    const { nThreads: _, ...fitted } = this.options
    const base = weightedMean(y, weights)
    // Leaves are float32: what they say is how far their rows are from the mean, which keeps the digits that matter.
    const data = { rows: { table }, target: { values: y.map((value) => value - base) }, weights }
    const kind = forestKinds[this.algorithm].kindOf(this.options)
    const { preparation, trees } = await growForest(data, this.options, kind, hooks)
    return new ForestRegression(preparation, fitted, trees, base)
  }
}

function weightedMean(y: Float64Array, weights: Float64Array | undefined): number {
  let [sum, total] = [0, 0]
  for (let row = 0; row < y.length; row++) {
    const weight = weights?.[row] ?? 1
    sum += weight * y[row]
    total += weight
  }
  return sum / total
}
