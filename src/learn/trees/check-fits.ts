import { MAX_MEMORY_BYTES } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'

/** What is to be laid out in one memory. */
export type Wanted = {
  nRows: number
  nColumns: number
  /** What the memory is for, such as "gradient boosting". */
  purpose: string
  /** What else takes less, and what does not, as a clause. */
  ways: string
}

/**
 * Refuses what is larger than WebAssembly's memory, before any is asked for.
 * @param bytesFor how many bytes so many rows take, all else being equal; it may not fall as rows rise
 * @throws TABLE_TOO_LARGE with what is wanted, the limit, how many rows would fit, and other ways
 */
export function checkFits(bytesFor: (nRows: number) => number, { nRows, nColumns, purpose, ways }: Wanted): void {
  const bytes = bytesFor(nRows)
  if (bytes <= MAX_MEMORY_BYTES) return
  const most = mostRows(bytesFor, nRows, MAX_MEMORY_BYTES)
  const fitting = most > 0 ? `at most ${most} rows fit, all else being equal` : 'fewer rows alone do not help'
  const needs = `${purpose} needs ${gibibytes(bytes)}: ${fitting}; ${ways}`
  throw new AssayError('TABLE_TOO_LARGE', {
    nRows,
    nColumns,
    limit: `${gibibytes(MAX_MEMORY_BYTES)} of memory, and ${needs}`,
  })
}

/**
 * The most rows below nRows that fit; 0 if none do.
 * @param bytesFor may not fall as rows rise
 */
export function mostRows(bytesFor: (nRows: number) => number, nRows: number, limitBytes: number): number {
  let fits = 0
  let exceeds = nRows
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2)
    if (bytesFor(middle) <= limitBytes) fits = middle
    else exceeds = middle
  }
  return fits
}

function gibibytes(bytes: number): string {
  return `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`
}
