import { classHoldOut } from '../../splits/stratified.ts'
import { usedClassRows, type ClassRows } from '../../targets/class-rows.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { joinTrees, type GrownTree } from '../../trees/trees.ts'
import { boostTrees, MAX_BOOST_ROWS } from '../boost-trees.ts'
import { meanLoss, type Objective } from '../objective.ts'
import type { BoostingOptions } from '../options.ts'
import { BoostedClasses } from './boosted-classes.ts'
import { resolveMulticlassOptions } from './options.ts'

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
   * Learns from all rows of a table, or from rows of a binned one. Each round costs what a round of two classes costs, times the classes; memory is 4 bytes
   * a row and class more.
   * @throws what `checkTrainingRows` and `checkWeights` throw; LABELS_LENGTH_DIFFERS, CLASSES_INVALID; TABLE_TOO_LARGE when the
   * memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: ClassRows, hooks: TrainHooks = {}): Promise<BoostedClasses> {
    const { nThreads: _, ...fitted } = this.options
    const { rows, y, weights } = usedClassRows(data, { maxRows: MAX_BOOST_ROWS, maxBins: fitted.maxBins })
    const nClasses = data.classes.length
    const labels = Uint8Array.from(y)
    const held = fitted.patience === null ? undefined : classHoldOut(labels, fitted.holdOutShare, fitted.seed)
    const start = logShares({ labels, weights, held, nClasses })
    const objective: Objective = {
      loss: 'softmax',
      labels,
      weights,
      held,
      start,
      // Friedman's (2001) correction, as in LightGBM: the classes' scores are one too many.
      hessianFactor: nClasses / (nClasses - 1),
      followed: meanLoss('multiclassLogLoss', { weights, held }, labels.length),
    }
    const { preparation, trees } = await boostTrees(rows, objective, this.options, hooks)
    return new BoostedClasses({ preparation, options: fitted, trees: joinTrees(byClass(trees, nClasses)) }, start)
  }
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
