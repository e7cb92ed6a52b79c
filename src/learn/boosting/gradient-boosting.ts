import { stratifiedHoldOut } from '../splits/stratified.ts'
import { checkTrainingData, takeRows, type Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { joinTrees } from '../trees/trees.ts'
import { checkWeights } from '../weights.ts'
import { boostTrees } from './boost-trees.ts'
import { BoostedTrees } from './boosted-trees.ts'
import { meanLoss, type Objective } from './objective.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'

/** Sums over rows are kept below 2^31 quanta, rounding by half a quantum a row included; memory ends far earlier. */
const MAX_ROWS = 2 ** 30

/** Rows to learn from. */
type BoostingData = { table: Table; y: Uint8Array; weights?: Float64Array }

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
   * Learns from all rows of the table. O(nTrees x nRows x columns) at most; memory is one byte a value and 21 bytes a row, 25
   * with weights.
   * @param data labels y, shape (nRows,), 0 or 1; weights, shape (nRows,), how much each row counts
   * @throws what `checkTrainingData` and `checkWeights` throw; SPLIT_CLASS_TOO_SMALL when rows are held out and a class has one; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when
   * the signal was aborted
   */
  async fit({ table, y, weights }: BoostingData, hooks: TrainHooks = {}): Promise<BoostedTrees> {
    checkTrainingData(table, y, MAX_ROWS)
    if (weights) {
      checkWeights(weights, y)
      if (weights.includes(0)) return this.fit(withoutUnused({ table, y, weights }), hooks)
    }
    const { nThreads: _, ...fitted } = this.options
    const { patience, holdOutShare, seed } = fitted
    const held = patience === null ? undefined : heldMask(y, holdOutShare, seed)
    const baseScore = logOdds({ y, weights, held })
    const followed = meanLoss('logLoss', { weights, held }, y.length)
    const objective: Objective = { loss: 'logistic', labels: y, weights, held, start: [baseScore], followed }
    const { preparation, trees } = await boostTrees(table, objective, this.options, hooks)
    return new BoostedTrees(preparation, fitted, joinTrees(trees), baseScore)
  }
}

/** Rows of weight 0 are as if they were not there. */
function withoutUnused({ table, y, weights }: Required<BoostingData>): BoostingData {
  const used = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0)
  return {
    table: takeRows(table, used),
    y: Uint8Array.from(used, (row) => y[row]),
    weights: Float64Array.from(used, (row) => weights[row]),
  }
}

/** 1 for each row that is held out. */
function heldMask(y: Uint8Array, share: number, seed: number): Uint8Array {
  const mask = new Uint8Array(y.length)
  for (const row of stratifiedHoldOut(y, share, seed).test) mask[row] = 1
  return mask
}

/** The raw score of all rows before the first tree: the log-odds of the weighted share of positives among those not held out. */
function logOdds({ y, weights, held }: Omit<BoostingData, 'table'> & { held: Uint8Array | undefined }): number {
  const sums = [0, 0]
  for (let row = 0; row < y.length; row++) if (!held?.[row]) sums[y[row]] += weights ? weights[row] : 1
  return Math.fround(Math.log(sums[1] / sums[0]))
}
