import { AssayError } from '../../../errors/index.ts'
import { MAX_ROWS } from '../../../kernels/index.ts'
import { checkClasses } from '../../boosting/multiclass/gradient-boosting-multiclass.ts'
import type { MulticlassData } from '../../model/other-tasks/training-data.ts'
import { checkTrainingTable, takeRows } from '../../table.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { checkWeights, findUsedRows } from '../../weights.ts'
import { forestKinds, type ForestName } from '../forest-kinds.ts'
import { growForest } from '../grow-forest.ts'
import type { ExtraTreesOptions, ForestOptions } from '../options.ts'
import { ForestClasses } from './forest-classes.ts'

type MulticlassRows = Omit<MulticlassData, 'target'>

/**
 * Random forest or extra trees for several classes: splits lower the Gini impurity over all classes, and a leaf says the share of
 * each. Else as `RandomForestClassifier` and `ExtraTreesClassifier`; a random forest orders the levels of a category by the share
 * of one class, which its trees take in turn.
 *
 * Training is deterministic in (table, y, classes, weights, options without nThreads).
 */
export class ForestMulticlass {
  readonly algorithm: ForestName
  readonly options: Readonly<ForestOptions & Partial<ExtraTreesOptions>>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(algorithm: ForestName, options: Partial<ExtraTreesOptions> = {}) {
    this.algorithm = algorithm
    this.options = forestKinds[algorithm].resolveOptions(options)
  }

  /**
   * Learns from all rows of the table. Cost as of two classes, times about half the classes; memory about 56 bytes a row for each
   * thread. The model keeps its trees once for each class.
   * @throws what `checkTrainingTable` and `checkWeights` throw; LABELS_LENGTH_DIFFERS, CLASSES_INVALID; OPTION_INVALID when maxFeatures
   * exceeds the features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit({ table, y, classes, weights }: MulticlassRows, hooks: TrainHooks = {}): Promise<ForestClasses> {
    checkTrainingTable(table, MAX_ROWS)
    if (y.length !== table.nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows: table.nRows })
    checkClasses(y, classes)
    if (weights) checkWeights(weights, y, classes.length)
    const used = findUsedRows(weights)
    if (used) {
      const rows = { y: Int32Array.from(used, (row) => y[row]), weights: weights!.filter(Boolean) }
      return this.fit({ table: takeRows(table, used), classes, ...rows }, hooks)
    }
    const { nThreads: _, ...fitted } = this.options
    const data = { rows: { table }, target: { classes: y, nClasses: classes.length }, weights }
    const kind = forestKinds[this.algorithm].kindOf(this.options)
    const { preparation, trees } = await growForest(data, this.options, kind, hooks)
    return new ForestClasses(preparation, fitted, trees, classes.length)
  }
}
