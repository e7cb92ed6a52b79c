import { Arena, MAX_MEMORY_BYTES } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { checkOption } from '../options.ts'
import type { Preparation } from '../preparation.ts'
import { checkTrainingTable, type Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { GROUP, passToTeam, reserveBinning, reserveSortScratch, stagedColumns, writeKnown } from './bin-columns.ts'
import type { BinInput } from './bin-task.ts'
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
  const columns = stagedColumns(table, maxBins)
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
  const nPlaces = Math.min(nThreads, nGroups)
  const arena = new Arena()
  const known = reserveBinning(arena, nFeatures)
  const sortScratch = reserveSortScratch(arena, nPlaces)
  const words = arena.reserve(Uint32Array, nPlaces * nRows)
  const slots = Array.from({ length: Math.min(N_SLOTS, nFeatures) }, () => arena.reserve(Float32Array, nRows))
  if (arena.sizeBytes > MAX_MEMORY_BYTES) {
    const limit = `${MAX_MEMORY_BYTES / 2 ** 30} GiB of memory while it is binned; use fewer rows or threads`
    throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns: nFeatures, limit })
  }
  const memory = arena.allocate()
  const at = {
    nBins: known.nBins().byteOffset,
    isCategory: known.isCategory().byteOffset,
    edges: known.edges().byteOffset,
  }
  const stage = emptyStage(slots.map((slot) => slot()))
  return {
    binning: { memory, nRows, nFeatures, maxBins, stage, at },
    words: words().byteOffset,
    sortScratch: sortScratch().byteOffset,
    nextPlace: new Int32Array(new SharedArrayBuffer(4)),
    bins: new SharedArrayBuffer(4 * nGroups * nRows),
  }
}

/** Columns that wait at the same time: a group for one thread, and one more column that is being passed. */
const N_SLOTS = 5
