import { Arena, boostRateFields, MAX_MEMORY_BYTES, writeRecord } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { countBins, fitCategory, type ColumnBins, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import type { GrownTree } from '../trees/trees.ts'
import type { Addresses, BoostInput, BoostReport } from './boost-task.ts'
import { edgesOffset } from './bin-columns.ts'
import { N_SLOTS, planJob, type JobSize } from './layout.ts'
import { directionsOf } from './monotone.ts'
import type { Objective } from './objective.ts'
import type { BoostingOptions } from './options.ts'
import { EMPTY, passColumns, type Range, type StagedColumn } from './stage.ts'

/** Sums over rows are kept below 2^31 quanta, rounding by half a quantum a row included; memory ends far earlier. */
export const MAX_BOOST_ROWS = 2 ** 30

/**
 * Grows the trees of a boosted ensemble over the rows of the table, round by round, in each round one tree for each class. The
 * table and the objective have been checked.
 * @throws what `directionsOf` throws; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
 */
export async function boostTrees(
  table: Table,
  objective: Objective,
  options: BoostingOptions,
  hooks: TrainHooks,
): Promise<{ preparation: Preparation; trees: GrownTree[] }> {
  const columns = table.columns.map((column): StagedColumn =>
    column.kind === 'number' ? { column, bins: undefined } : { column, bins: fitCategory(column, options.maxBins) },
  )
  const directions = directionsOf(table, options.monotone)
  const isFollowed = options.patience !== null || hooks.curve !== undefined
  const input = { ...layOut(table.nRows, { ...objective, directions }, columns, options), isFollowed }
  const module = new URL('./boost-task.ts', import.meta.url)
  const training = runTeam<GrownTree[]>(
    { module, input, nTasks: input.size.nThreads, nThreads: options.nThreads },
    { signal: hooks.signal, report: (report) => tell(report as BoostReport, objective, options.nTrees, hooks) },
  )
  try {
    // A team that fails no longer empties the stage: then the race is what ends the wait.
    const ranges = await Promise.race([passColumns(input.stage, columns), training.then(() => [])])
    const [trees] = await training
    return { preparation: readPreparation(input, columns, ranges), trees }
  } catch (cause) {
    if (hooks.signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
    throw cause
  }
}

/** Passes a report on to the hooks. */
function tell({ nDone, loss }: BoostReport, objective: Objective, nTrees: number, hooks: TrainHooks): void {
  hooks.progress?.(nDone, nTrees)
  if (loss === undefined) return
  const { metric, factor, constant, total } = objective.followed
  const on = objective.held ? 'held-out' : 'training'
  hooks.curve?.({ iteration: nDone, loss: (factor * loss + constant) / total, metric, on })
}

/** Puts the objective and options into one shared memory, with room for everything else. */
function layOut(
  nRows: number,
  objective: Objective & { directions: Uint8Array | undefined },
  columns: readonly StagedColumn[],
  options: BoostingOptions,
): Omit<BoostInput, 'isFollowed'> {
  const { loss, labels, targets, weights, held, start, directions } = objective
  const nFeatures = columns.length
  const { maxLeaves, nTrees, maxBins, minSamplesLeaf } = options
  const { nThreads } = options
  const hasMonotone = directions !== undefined
  const has = {
    hasMonotone,
    hasLabels: labels !== undefined,
    hasWeights: weights !== undefined,
    hasHeld: held !== undefined,
  }
  const size: JobSize = { nRows, nFeatures, maxLeaves, nThreads, nClasses: start.length, ...has }
  const arena = new Arena()
  const plan = planJob(arena, size)
  if (arena.sizeBytes > MAX_MEMORY_BYTES) {
    const limit = `${MAX_MEMORY_BYTES / 2 ** 30} GiB of memory; use fewer rows, columns, leaves or threads`
    throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns: nFeatures, limit })
  }
  const memory = arena.allocate()
  if (labels) plan.labels().set(labels)
  if (targets) plan.targets().set(targets)
  if (weights) plan.weights().set(weights)
  if (held) plan.held().set(held)
  if (directions) plan.monotone().set(directions)
  writeRecord(plan.rates(), boostRateFields, {
    ...options,
    power: objective.power ?? 0,
    hessianFactor: objective.hessianFactor ?? 1,
  })
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
    loss,
    start,
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
