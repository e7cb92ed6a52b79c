import { Arena, boostRateFields, writeRecord } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { countBins, type Preparation } from '../preparation.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { passToTeam, stagedColumns, writeKnown, type Binning } from '../trees/bin-columns.ts'
import { checkFits } from '../trees/check-fits.ts'
import { binnedSource } from '../trees/gather-bins.ts'
import { emptyStage } from '../trees/stage.ts'
import { countTrainingRows, featuresOf, type TrainingRows } from '../trees/training-rows.ts'
import type { GrownTree } from '../trees/trees.ts'
import type { Addresses, BinSource, BoostInput, BoostReport } from './boost-task.ts'
import { bytesOfJob, N_SLOTS, paddedRows, planJob, type JobSize } from './layout.ts'
import { directionsOf } from './monotone.ts'
import type { Objective } from './objective.ts'
import type { BoostingOptions } from './options.ts'

/** Sums over rows are kept below 2^31 quanta, rounding by half a quantum a row included; memory ends far earlier. */
export const MAX_BOOST_ROWS = 2 ** 30

/**
 * Grows the trees of a boosted ensemble over these rows, round by round, in each round one tree for each class. The rows and the
 * objective have been checked.
 * @throws what `directionsOf` throws; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was aborted
 */
export async function boostTrees(
  rows: TrainingRows,
  objective: Objective,
  options: BoostingOptions,
  hooks: TrainHooks,
): Promise<{ preparation: Preparation; trees: GrownTree[] }> {
  const job = layOut(rows, objective, options)
  const isFollowed = options.patience !== null || hooks.curve !== undefined
  const grow = async (source: BinSource): Promise<GrownTree[]> => {
    const input: BoostInput = { ...job, source, isFollowed }
    const report = (value: unknown): void => tell(value as BoostReport, objective, options.nTrees, hooks)
    const module = new URL('./boost-task.ts', import.meta.url)
    const { nThreads } = options
    const [trees] = await runTeam<GrownTree[]>(
      { module, input, nTasks: nThreads, nThreads },
      { signal: hooks.signal, report },
    )
    return trees
  }
  const columns = rows.table ? await stagedColumns(rows.table, options.maxBins, hooks.signal) : []
  try {
    if (!rows.table) {
      const { binned } = rows
      writePreparation(job, binned.preparation)
      const trees = await grow({ kind: 'binned', ...binnedSource(binned, rows.rows) })
      return { preparation: binned.preparation, trees }
    }
    const binning = stageIn(job, options.maxBins)
    writeKnown(columns, binning)
    const nextGroup = new Int32Array(new SharedArrayBuffer(4))
    const { preparation, result } = await passToTeam(binning, columns, grow({ kind: 'stage', binning, nextGroup }))
    return { preparation, trees: result }
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

/** What is known before anything is binned. */
type Job = Omit<BoostInput, 'source' | 'isFollowed'>

/** Puts the objective and options into one shared memory, with room for everything else. */
function layOut(rows: TrainingRows, objective: Objective, options: BoostingOptions): Job {
  const { loss, labels, targets, weights, held, start } = objective
  const nRows = countTrainingRows(rows)
  const features = featuresOf(rows)
  const nFeatures = features.length
  const directions = directionsOf(features, options.monotone)
  const { maxLeaves, nTrees, minSamplesLeaf } = options
  const { nThreads } = options
  const hasMonotone = directions !== undefined
  const has = {
    hasMonotone,
    hasLabels: labels !== undefined,
    hasWeights: weights !== undefined,
    hasHeld: held !== undefined,
  }
  const size: JobSize = { nRows, nFeatures, maxLeaves, nThreads, nClasses: start.length, ...has }
  checkFits((nRows) => bytesOfJob({ ...size, nRows }), {
    nRows,
    nColumns: nFeatures,
    purpose: 'gradient boosting',
    ways: 'fewer columns, leaves or threads take less, and maxBins, rowShare and columnShare change nothing',
  })
  const arena = new Arena()
  const plan = planJob(arena, size)
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
  return {
    memory,
    at: Object.fromEntries(Object.entries(plan).map(([name, view]) => [name, view().byteOffset])) as Addresses,
    size,
    minSamplesLeaf,
    nTrees,
    patience: options.patience,
    sampling: { seed: options.seed, rowShare: options.rowShare, columnShare: options.columnShare },
    loss,
    start,
    maxDepth: options.maxDepth ?? 2 ** 32 - 1,
  }
}

/** The stage on which columns wait, where training needs the room later on. */
function stageIn({ memory, at, size }: Job, maxBins: number): Binning {
  const { nRows, nFeatures } = size
  const slotBytes = Float32Array.BYTES_PER_ELEMENT * paddedRows(nRows)
  const slots = Array.from(
    { length: N_SLOTS },
    (_, slot) => new Float32Array(memory.buffer, at.scores + slot * slotBytes, nRows),
  )
  return { memory, at, nRows, nFeatures, maxBins, stage: emptyStage(slots) }
}

/** What the kernels know of bins that were made before. */
function writePreparation({ memory, at }: Job, preparation: Preparation): void {
  const nBins = new Uint32Array(memory.buffer, at.nBins, preparation.length)
  const isCategory = new Uint32Array(memory.buffer, at.isCategory, preparation.length)
  preparation.forEach((bins, f) => {
    nBins[f] = countBins(bins)
    isCategory[f] = bins.kind === 'category' ? 1 : 0
  })
}
