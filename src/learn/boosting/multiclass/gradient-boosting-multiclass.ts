import { AssayError } from '../../../errors/index.ts'
import type { MulticlassData } from '../../model/other-tasks/training-data.ts'
import { classHoldOut } from '../../splits/stratified.ts'
import { checkTrainingTable, takeRows } from '../../table.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { joinTrees, type GrownTree } from '../../trees/trees.ts'
import { checkWeights, findUsedRows } from '../../weights.ts'
import { boostTrees, MAX_BOOST_ROWS } from '../boost-trees.ts'
import { meanLoss, type Objective } from '../objective.ts'
import type { BoostingOptions } from '../options.ts'
import { BoostedClasses } from './boosted-classes.ts'
import { resolveMulticlassOptions } from './options.ts'

/** A class is named in one byte. */
const MAX_CLASSES = 255

type MulticlassRows = Omit<MulticlassData, 'target'>

/**
 * Gradient boosting of several classes on the softmax loss: in each round one tree for each class, as LightGBM's objective
 * `multiclass`; the option `nTrees` counts rounds. Else as `GradientBoostingClassifier`.
 *
 * Training is deterministic in (table, y, classes, weights, options without nThreads).
 */
export class GradientBoostingMulticlass {
  readonly options: Readonly<BoostingOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<BoostingOptions> = {}) {
    this.options = resolveMulticlassOptions(options)
  }

  /**
   * Learns from all rows of the table. Each round costs what a round of two classes costs, times the classes; memory is 4 bytes
   * a row and class more.
   * @throws what `checkTrainingTable` and `checkWeights` throw; LABELS_LENGTH_DIFFERS, CLASSES_INVALID; TABLE_TOO_LARGE when the
   * memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit({ table, y, classes, weights }: MulticlassRows, hooks: TrainHooks = {}): Promise<BoostedClasses> {
    checkTrainingTable(table, MAX_BOOST_ROWS)
    if (y.length !== table.nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows: table.nRows })
    checkClasses(y, classes)
    if (weights) checkWeights(weights, y, classes.length)
    const used = findUsedRows(weights)
    if (used) {
      const rows = { y: y.filter((_, row) => weights![row] > 0), weights: weights!.filter((weight) => weight > 0) }
      return this.fit({ table: takeRows(table, used), classes, ...rows }, hooks)
    }
    const { nThreads: _, ...fitted } = this.options
    const labels = Uint8Array.from(y)
    const held = fitted.patience === null ? undefined : classHoldOut(labels, fitted.holdOutShare, fitted.seed)
    const start = logShares({ labels, weights, held, nClasses: classes.length })
    const objective: Objective = {
      loss: 'softmax',
      labels,
      weights,
      held,
      start,
      // Friedman's (2001) correction, as in LightGBM: the classes' scores are one too many.
      hessianFactor: classes.length / (classes.length - 1),
      followed: meanLoss('multiclassLogLoss', { weights, held }, labels.length),
    }
    const { preparation, trees } = await boostTrees({ table }, objective, this.options, hooks)
    return new BoostedClasses(preparation, fitted, joinTrees(byClass(trees, classes.length)), start)
  }
}

/**
 * Checks that there are classes that can be told apart, and rows of each.
 * @throws CLASSES_INVALID
 */
export function checkClasses(y: Int32Array, classes: readonly string[]): void {
  const refuse = (reason: string): never => {
    throw new AssayError('CLASSES_INVALID', { reason, most: MAX_CLASSES })
  }
  if (classes.length < 2 || classes.length > MAX_CLASSES) refuse(`there are ${classes.length}`)
  const repeated = classes.find((name, k) => classes.indexOf(name) !== k)
  if (repeated !== undefined) refuse(`${JSON.stringify(repeated)} is there twice`)
  const counts = new Uint32Array(classes.length)
  for (let row = 0; row < y.length; row++) {
    if (!(y[row] >= 0 && y[row] < classes.length)) refuse(`row ${row} is of class ${y[row]} of ${classes.length}`)
    counts[y[row]]++
  }
  const empty = counts.indexOf(0)
  if (empty >= 0) refuse(`no row is of class ${JSON.stringify(classes[empty])}`)
}

/** The logarithm of the weighted share of each class among the rows not held out. */
function logShares({
  labels,
  weights,
  held,
  nClasses,
}: Pick<Objective, 'weights' | 'held'> & { labels: Uint8Array; nClasses: number }): number[] {
  const sums = new Float64Array(nClasses)
  for (let row = 0; row < labels.length; row++) if (!held?.[row]) sums[labels[row]] += weights?.[row] ?? 1
  const total = sums.reduce((a, b) => a + b)
  return Array.from(sums, (sum) => Math.fround(Math.log(sum / total)))
}

/** From round by round to class by class. */
function byClass(trees: readonly GrownTree[], nClasses: number): GrownTree[] {
  return Array.from({ length: nClasses }, (_, k) => trees.filter((_, t) => t % nClasses === k)).flat()
}
