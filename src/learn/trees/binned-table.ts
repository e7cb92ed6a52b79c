import { Arena } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { checkOption } from '../options.ts'
import type { Preparation } from '../preparation.ts'
import { checkTrainingTable, type Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { GROUP, passToTeam, reserveBinning, reserveSortScratch, stagedColumns, writeKnown } from './bin-columns.ts'
import type { BinInput } from './bin-task.ts'
import { checkFits } from './check-fits.ts'
import { emptyStage } from './stage.ts'

/**
 * A table cut into bins once, for any number of fits at the same time: all folds, algorithms and threads read the same bytes.
 * Nobody writes to it.
 */
export type BinnedTable = {
  /** Edges and levels from all rows of the table, whatever their labels. A model that is fitted on some of them keeps it. */
  readonly preparation: Preparation
  /** Most bins of a column, as asked for; fits want the same. */
  readonly maxBins: number
  readonly nRows: number
  /**
   * One byte a value, in words of 32 bits for four features each: word g · nRows + i holds the bins of features 4 g to 4 g + 3 in
   * row i, the first in its lowest byte. The bin of a missing value is the number of ordinary bins. A last group of fewer
   * features leaves the bytes of the others 0.
   */
  readonly bins: SharedArrayBuffer
}

/**
 * Bins a table. Fits on rows of it then copy bytes instead of sorting and searching values again. O(columns x rows x
 * log(maxBins)); memory is one byte a value, and (20 + 4 nThreads) bytes a row until it ends.
 * @param options maxBins: bins of a column without the one for missing values, 2..255; nThreads changes the time, never the result
 * @throws what `checkTrainingTable` throws; OPTION_INVALID; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when the signal was
 * aborted
 */
export async function binTable(
  table: Table,
  { maxBins = 255, nThreads = navigator.hardwareConcurrency }: { maxBins?: number; nThreads?: number } = {},
  { signal }: Pick<TrainHooks, 'signal'> = {},
): Promise<BinnedTable> {
  checkOption('maxBins', maxBins, { integer: [2, 255] })
  checkOption('nThreads', nThreads, { integer: [1, 256] })
  checkTrainingTable(table, MAX_ROWS)
  const columns = await stagedColumns(table, maxBins, signal)
  const input = layOut(table, maxBins, nThreads)
  writeKnown(columns, input.binning)
  const nTasks = Math.ceil(columns.length / GROUP)
  const work = { module: new URL('./bin-task.ts', import.meta.url), input, nTasks, nThreads }
  try {
    const { preparation } = await passToTeam(input.binning, columns, runTeam(work, { signal }))
    return { preparation, maxBins, nRows: table.nRows, bins: input.bins }
  } catch (cause) {
    if (signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
    throw cause
  }
}

/** Row numbers are 32 bits, with some to spare; memory ends earlier. */
const MAX_ROWS = 2 ** 30

function layOut({ nRows, columns }: Table, maxBins: number, nThreads: number): BinInput {
  const nFeatures = columns.length
  const nGroups = Math.ceil(nFeatures / GROUP)
  const size = { nRows, nFeatures, nPlaces: Math.min(nThreads, nGroups) }
  checkFits((nRows) => bytesOfBinning({ ...size, nRows }), {
    nRows,
    nColumns: nFeatures,
    purpose: 'binning it',
    ways: 'fewer threads take less, and columns and maxBins change nothing',
  })
  const arena = new Arena()
  const plan = planBinning(arena, size)
  const memory = arena.allocate()
  const [nBins, isCategory, edges] = [plan.nBins, plan.isCategory, plan.edges].map((view) => view().byteOffset)
  const stage = emptyStage(plan.slots.map((slot) => slot()))
  return {
    binning: { memory, nRows, nFeatures, maxBins, stage, at: { nBins, isCategory, edges } },
    words: plan.words().byteOffset,
    sortScratch: plan.sortScratch().byteOffset,
    nextPlace: new Int32Array(new SharedArrayBuffer(4)),
    bins: new SharedArrayBuffer(4 * nGroups * nRows),
  }
}

type BinningSize = { nRows: number; nFeatures: number; nPlaces: number }

function planBinning(arena: Arena, { nRows, nFeatures, nPlaces }: BinningSize) {
  return {
    ...reserveBinning(arena, nFeatures),
    sortScratch: reserveSortScratch(arena, nPlaces),
    words: arena.reserve(Uint32Array, nPlaces * nRows),
    slots: Array.from({ length: Math.min(N_SLOTS, nFeatures) }, () => arena.reserve(Float32Array, nRows)),
  }
}

/**
 * Bytes of a binned table, and of the memory that it is binned in, which is free again when it is done.
 * @param shape of the table
 */
export function bytesOfBinnedTable(
  { nRows, nColumns }: { nRows: number; nColumns: number },
  nThreads: number,
): { bins: number; binning: number } {
  const nGroups = Math.ceil(nColumns / GROUP)
  const binning = bytesOfBinning({ nRows, nFeatures: nColumns, nPlaces: Math.min(nThreads, nGroups) })
  return { bins: 4 * nGroups * nRows, binning }
}

/** Bytes of the memory that a table is binned in; the bins themselves lie elsewhere. */
function bytesOfBinning(size: BinningSize): number {
  const arena = new Arena()
  planBinning(arena, size)
  return arena.sizeBytes
}

/** Columns that wait at the same time: a group for one thread, and one more column that is being passed. */
const N_SLOTS = 5
