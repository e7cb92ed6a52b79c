import type { BinnedTable } from './binned-table.ts'
import { GROUP } from './bin-columns.ts'

/** Rows of a binned table, as threads share them: row i of a fit is rows[i], or i itself where all are taken. */
export type BinnedSource = Pick<BinnedTable, 'nRows' | 'bins'> & { rows: Int32Array<SharedArrayBuffer> | undefined }

/** What threads need of a binned table; the rows are copied once for all of them. */
export function binnedSource({ nRows, bins }: BinnedTable, rows: Int32Array | undefined): BinnedSource {
  if (!rows) return { nRows, bins, rows: undefined }
  const shared = new Int32Array(new SharedArrayBuffer(4 * rows.length))
  shared.set(rows)
  return { nRows, bins, rows: shared }
}

/** Bytes of the rows that `binnedSource` copies. */
export function bytesOfRowList(nRows: number): number {
  return Int32Array.BYTES_PER_ELEMENT * nRows
}

/** Copies the words of rows [begin, end) of a fit for one group of features to `out[begin]` and what follows. */
export function gatherWords(
  { nRows, bins, rows }: BinnedSource,
  group: number,
  out: Uint32Array,
  [begin, end]: [begin: number, end: number],
): void {
  const words = new Uint32Array(bins, group * GROUP * nRows, nRows)
  if (!rows) return out.set(words.subarray(begin, end), begin)
  for (let i = begin; i < end; i++) out[i] = words[rows[i]]
}
