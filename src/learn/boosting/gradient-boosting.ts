import { Arena, boostRateFields, MAX_MEMORY_BYTES, writeRecord } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { countBins, fitCategory, type ColumnBins, type Preparation } from '../preparation.ts'
import { stratifiedHoldOut } from '../splits/stratified.ts'
import { checkTrainingData, takeRows, type Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { joinTrees, type GrownTree } from '../trees/trees.ts'
import { checkWeights } from '../weights.ts'
import type { Addresses, BoostInput } from './boost-task.ts'
import { edgesOffset } from './bin-columns.ts'
import { BoostedTrees } from './boosted-trees.ts'
import { N_SLOTS, planJob, type JobSize } from './layout.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'
import { EMPTY, passColumns, type Range, type StagedColumn } from './stage.ts'

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
    const { nThreads, ...fitted } = this.options
    const columns = table.columns.map((column): StagedColumn =>
      column.kind === 'number' ? { column, bins: undefined } : { column, bins: fitCategory(column, fitted.maxBins) },
    )
    const { patience, holdOutShare, seed } = fitted
    const held = patience === null ? undefined : heldMask(y, holdOutShare, seed)
    const baseScore = logOdds({ y, weights, held })
    const input = layOut({ table, y, weights, held, baseScore }, columns, this.options)
    const module = new URL('./boost-task.ts', import.meta.url)
    const { nTrees } = fitted
    const training = runTeam<GrownTree[]>(
      { module, input, nTasks: input.size.nThreads, nThreads },
      { signal: hooks.signal, report: (nDone) => hooks.progress?.(nDone as number, nTrees) },
    )
    try {
      // A team that fails no longer empties the stage: then the race is what ends the wait.
      const ranges = await Promise.race([passColumns(input.stage, columns), training.then(() => [])])
      const [trees] = await training
      return new BoostedTrees(readPreparation(input, columns, ranges), fitted, joinTrees(trees), baseScore)
    } catch (cause) {
      if (hooks.signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
      throw cause
    }
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

/** Puts labels, weights and options into one shared memory, with room for everything else. */
function layOut(
  { table, y, weights, held, baseScore }: BoostingData & { held: Uint8Array | undefined; baseScore: number },
  columns: readonly StagedColumn[],
  options: BoostingOptions,
): BoostInput {
  const { nRows } = table
  const nFeatures = columns.length
  const { maxLeaves, nTrees, maxBins, minSamplesLeaf } = options
  const { nThreads } = options
  const has = { hasWeights: weights !== undefined, hasHeld: held !== undefined }
  const size: JobSize = { nRows, nFeatures, maxLeaves, nThreads, ...has }
  const arena = new Arena()
  const plan = planJob(arena, size)
  if (arena.sizeBytes > MAX_MEMORY_BYTES) {
    const limit = `${MAX_MEMORY_BYTES / 2 ** 30} GiB of memory; use fewer rows, columns, leaves or threads`
    throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns: nFeatures, limit })
  }
  const memory = arena.allocate()
  plan.labels().set(y)
  if (weights) plan.weights().set(weights)
  if (held) plan.held().set(held)
  writeRecord(plan.rates(), boostRateFields, options)
  columns.forEach(({ bins }, f) => {
    plan.isCategory()[f] = bins ? 1 : 0
    if (bins) plan.nBins()[f] = countBins(bins)
  })
  const slotBytes = plan.spareRows().byteOffset - plan.rows().byteOffset
  const firstSlot = plan.scores().byteOffset
  return {
    memory,
    at: Object.fromEntries(Object.entries(plan).map(([name, view]) => [name, view().byteOffset])) as Addresses,
    size,
    maxBins,
    minSamplesLeaf,
    nTrees,
    patience: options.patience,
    sampling: { seed: options.seed, rowShare: options.rowShare, columnShare: options.columnShare },
    baseScore,
    maxDepth: options.maxDepth ?? 2 ** 32 - 1,
    stage: {
      slots: Array.from(
        { length: N_SLOTS },
        (_, slot) => new Float32Array(memory.buffer, firstSlot + slot * slotBytes, nRows),
      ),
      states: new Int32Array(new SharedArrayBuffer(4 * N_SLOTS)).fill(EMPTY),
    },
    nextGroup: new Int32Array(new SharedArrayBuffer(4)),
  }
}

/** The preparation, with the edges that the threads found. */
function readPreparation(
  { memory, at }: BoostInput,
  columns: readonly StagedColumn[],
  ranges: readonly (Range | undefined)[],
): Preparation {
  const nBins = new Uint32Array(memory.buffer, at.nBins, columns.length)
  return columns.map(({ column, bins }, f): ColumnBins => {
    if (bins) return bins
    const edges = Float32Array.from(new Float32Array(memory.buffer, at.edges + edgesOffset(f), nBins[f] - 1))
    const { name, format } = column
    const number: ColumnBins = { kind: 'number', name, ...(format ? { format } : {}), edges }
    const range = ranges[f]
    return range && range.min <= range.max ? { ...number, ...range } : number
  })
}
