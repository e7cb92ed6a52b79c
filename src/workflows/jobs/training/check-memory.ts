import { AssayError } from '../../../errors/index.ts'
import { mostRows, type AlgorithmName } from '../../../learn/index.ts'
import type { SplitSet } from '../learning-set.ts'
import type { FitSettings } from './fit.ts'
import { neededBytes, shapesOf } from './needed-bytes.ts'

/**
 * Refuses a fit that would take more memory than this process may have, before it starts: else the system would end the process,
 * and nobody could say why. What is estimated: what the process had before its first fit, the rows copied out or binned, and what the
 * algorithm lays out. What earlier fits have left is garbage, and not counted.
 * @param request nSharedRows: rows of the bins that this fit shares with others, where it does
 * @throws TABLE_TOO_LARGE with estimate, limit, how many rows would fit, and ways on
 */
export function checkMemory(
  { project, nThreads, memoryBytes = Infinity, baseBytes = process.memoryUsage.rss() }: FitSettings,
  { table }: SplitSet,
  { algorithm, nRows, nSharedRows }: { algorithm: AlgorithmName; nRows: number; nSharedRows?: number },
): void {
  const columns = shapesOf(table)
  const bytesFor = (fewer: number): number => {
    const shared = nSharedRows === undefined ? {} : { nSharedRows: Math.ceil((nSharedRows / nRows) * fewer) }
    return baseBytes + neededBytes(project, { algorithm, columns, nThreads, nRows: fewer, ...shared })
  }
  const needed = bytesFor(nRows)
  if (needed <= memoryBytes) return
  const most = mostRows(bytesFor, nRows, memoryBytes)
  const fitting = most > 0 ? `at most ${most} of its rows fit, all else being equal` : 'fewer rows alone do not help'
  const ways = 'train on fewer rows or columns, with fewer threads, or on a machine with more memory'
  const limit = `${inGb(memoryBytes)} of memory that this training may take, and ${algorithm} would take it to ${inGb(needed)}: ${fitting}; ${ways}`
  throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns: columns.length, limit })
}

/** Memory for people, to three digits. */
export const inGb = (bytes: number): string => `${Number((bytes / 1e9).toPrecision(3))} GB`
