import { AssayError } from '../../../errors/index.ts'
import { createRandom, shuffle } from '../../random.ts'
import { nHeldOut } from '../../splits/stratified.ts'
import { usedNumberRows, type NumberRows } from '../../targets/number-rows.ts'
import type { TrainHooks } from '../../train-hooks.ts'
import { joinTrees } from '../../trees/trees.ts'
import { boostTrees, MAX_BOOST_ROWS } from '../boost-trees.ts'
import { sumWhere, type FollowedLoss, type Objective } from '../objective.ts'
import { weightedMean, weightedMedian, type BaseRows } from './base.ts'
import { BoostedRegression } from './boosted-regression.ts'
import { regressionLosses, type RegressionLoss } from './losses.ts'
import { resolveRegressionOptions, type BoostingRegressionOptions } from './options.ts'

/**
 * Gradient boosting of a number: as `GradientBoostingClassifier`, on a loss of numbers, as LightGBM's objectives `regression`,
 * `regression_l1`, `poisson`, `gamma` and `tweedie`.
 *
 * Training is deterministic in (table, y, weights, options without nThreads).
 */
export class GradientBoostingRegressor {
  readonly options: Readonly<BoostingRegressionOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<BoostingRegressionOptions> = {}) {
    this.options = resolveRegressionOptions(options)
  }

  /**
   * Learns from all rows of a table, or from rows of a binned one. Cost and memory as of `GradientBoostingClassifier`, 3 bytes a row more.
   * @param data numbers y, shape (nRows,); weights, shape (nRows,), how much each row counts
   * @throws what `checkTrainingRows`, `checkTargets` and `checkWeights` throw; TABLE_TOO_LARGE when the memory would be;
   * TRAINING_CANCELLED when the signal was aborted
   */
  async fit(data: NumberRows, hooks: TrainHooks = {}): Promise<BoostedRegression> {
    const { nThreads: _, ...fitted } = this.options
    const loss: RegressionLoss = regressionLosses[fitted.loss]
    const limits = { maxRows: MAX_BOOST_ROWS, maxBins: fitted.maxBins }
    const { rows, y, weights } = usedNumberRows(data, limits, { name: fitted.loss, rule: loss })
    const held = fitted.patience === null ? undefined : heldMask(y.length, fitted.holdOutShare, fitted.seed)
    const { baseScore, ...objective } = objectiveOf({ y, weights, held }, loss, fitted)
    const { preparation, trees } = await boostTrees(rows, objective, this.options, hooks)
    return new BoostedRegression({ preparation, options: fitted, trees: joinTrees(trees) }, baseScore)
  }
}

/**
 * What the kernels get. A loss without logarithm gets its targets less the base score, so that float32 keeps the digits that
 * matter of targets that are large and close together.
 */
function objectiveOf(
  rows: BaseRows,
  loss: RegressionLoss,
  { loss: name, tweediePower: power }: Pick<BoostingRegressionOptions, 'loss' | 'tweediePower'>,
): Objective & { baseScore: number } {
  const { y, weights, held } = rows
  let base = name === 'absolute' ? weightedMedian(rows) : weightedMean(rows)
  // Zero has no logarithm: where no row that is learned from is above it, those held out say where to begin.
  if (loss.isLog && base === 0) base = weightedMean({ y, weights })
  const baseScore = loss.isLog ? Math.fround(Math.log(base)) : base
  const targets = Float32Array.from(y, (value) => (loss.isLog ? value : value - base))
  const start = [loss.isLog ? baseScore : 0]
  return { ...loss.kernel(power), targets, weights, held, start, baseScore, followed: followedLoss(rows, loss, power) }
}

function followedLoss({ y, weights, held }: BaseRows, loss: RegressionLoss, power: number): FollowedLoss {
  const weightOf = (row: number): number => weights?.[row] ?? 1
  return {
    metric: loss.metric,
    factor: loss.factor,
    constant: sumWhere(y.length, held, (row) => weightOf(row) * loss.constantOf(y[row], power)),
    total: sumWhere(y.length, held, weightOf),
  }
}

/** 1 for each row that is held out. */
function heldMask(nRows: number, share: number, seed: number): Uint8Array {
  if (nRows < 2) throw new AssayError('TARGETS_INVALID', { reason: 'there is one row', wanted: 'two for patience' })
  const rows = Int32Array.from({ length: nRows }, (_, row) => row)
  const mask = new Uint8Array(nRows)
  for (const row of shuffle(rows, createRandom(seed, 0)).subarray(0, nHeldOut(nRows, share))) mask[row] = 1
  return mask
}
