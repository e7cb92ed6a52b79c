import { stratifiedHoldOut } from '../splits/stratified.ts'
import { usedLabelRows, type LabelRows } from '../targets/label-rows.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { joinTrees } from '../trees/trees.ts'
import { boostTrees, MAX_BOOST_ROWS } from './boost-trees.ts'
import { BoostedTrees } from './boosted-trees.ts'
import { meanLoss, type Objective } from './objective.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'

/**
 * Gradient boosting for two classes (Friedman 2001) over binned columns, leaf by leaf, with second-order steps on the logistic
 * loss, as LightGBM does it. Categories are split natively, missing values go where they lower the loss more. What differs:
 * gradients are added up as whole numbers (see `kernels/wasm/boost/cell.ts`), so the result does not depend on the number of
 * threads.
 *
 * Training is deterministic in (table, y, weights, options without nThreads).
 */
export class GradientBoostingClassifier {
  readonly options: Readonly<BoostingOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<BoostingOptions> = {}) {
    this.options = resolveBoostingOptions(options)
  }

  /**
   * Learns from all rows of a table, or from rows of a binned one, which costs no binning: all rows give the same bytes either
   * way. O(nTrees x nRows x columns) at most; memory is one byte a value and 21 bytes a row, 25 with weights.
   * @param data labels y, 0 or 1, and weights, how much each row counts, both of shape (nRows,): of the table's rows, or of the
   * rows named
   * @throws what `checkTrainingRows`, `checkLabels` and `checkWeights` throw; SPLIT_CLASS_TOO_SMALL when rows are held out and a
   * class has one; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: LabelRows, hooks: TrainHooks = {}): Promise<BoostedTrees> {
    const { nThreads: _, ...fitted } = this.options
    const { rows, y, weights } = usedLabelRows(data, { maxRows: MAX_BOOST_ROWS, maxBins: fitted.maxBins })
    const { patience, holdOutShare, seed } = fitted
    const held = patience === null ? undefined : heldMask(y, holdOutShare, seed)
    const baseScore = logOdds({ y, weights, held })
    const followed = meanLoss('logLoss', { weights, held }, y.length)
    const objective: Objective = { loss: 'logistic', labels: y, weights, held, start: [baseScore], followed }
    const { preparation, trees } = await boostTrees(rows, objective, this.options, hooks)
    return new BoostedTrees({ preparation, options: fitted, trees: joinTrees(trees) }, baseScore)
  }
}

/** 1 for each row that is held out. */
function heldMask(y: Uint8Array, share: number, seed: number): Uint8Array {
  const mask = new Uint8Array(y.length)
  for (const row of stratifiedHoldOut(y, share, seed).test) mask[row] = 1
  return mask
}

/** The raw score of all rows before the first tree: the log-odds of the weighted share of positives among those not held out. */
function logOdds({ y, weights, held }: Pick<Objective, 'weights' | 'held'> & { y: Uint8Array }): number {
  const sums = [0, 0]
  for (let row = 0; row < y.length; row++) if (!held?.[row]) sums[y[row]] += weights ? weights[row] : 1
  return Math.fround(Math.log(sums[1] / sums[0]))
}
