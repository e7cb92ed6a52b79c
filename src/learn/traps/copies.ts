import { takeRows, type Column, type Table } from '../table.ts'
import { collisionShare, distinctValues, follows } from './distinct.ts'
import { addColumn, countEqual, emptySums, keysOf, type RowSums } from './row-keys.ts'

/** Fewer copies than these do not move a metric, whatever made them. */
const MIN_EXTRA = 10
const MIN_SHARE = 0.01

/**
 * So many times more repeating rows than pairs that coincidence explains. A row repeated m times makes m(m − 1)/2 pairs
 * but m − 1 repetitions, so that one frequent combination of values does not pass for copies.
 */
const BEYOND_CHANCE = 5

/** Equal rows that make up so much of the table are its default, not copies of one row. */
const DEFAULT_SHARE = 0.02
const DEFAULT_ROWS = 20

/**
 * A column is nearly a row's own (an amount, a time) when it has a value for every second of the different rows. That is
 * not seen in fewer than 100 of them, nor where each stands ten times in the table.
 */
const OWN_SHARE = 0.5
const OWN_ROWS = 100
const OWN_ROWS_SHARE = 0.1

export type Copies = {
  /** Equal keys are equal rows, target included. */
  keys: Float64Array
  nExtra: number
  nPairs: number
  /** Pairs that chance explains. */
  expectedPairs: number
}

/**
 * Rows equal in all features and the target, if they are more than coincidence explains; otherwise undefined.
 *
 * Small tables of categories hold equal rows that nobody copied. How many is read off the near misses: of the pairs that
 * agree in all columns but j, a share q(j) (the chance that two rows agree in j) would agree in j too, so that with M(j)
 * pairs that differ in j alone, M(j)·q(j)/(1 − q(j)) equal pairs are expected; the largest over the columns counts.
 * Columns that follow from j (its one-hot columns, a coarser grouping) are taken out with it, since j cannot differ
 * without them. Where there is no near miss and no column that is nearly a row's own, copies cannot be told from
 * coincidences, and nothing is said. Rows that make up a fiftieth of the table each (all columns at their default) are left
 * out beforehand.
 * O(columns x n log n), but O(columns x n) where there are few equal rows.
 */
export function findCopies(table: Table, y: Uint8Array): Copies | undefined {
  const sums = sumRows(table, y)
  const keys = keysOf(sums)
  const { nPairs, nExtra } = countEqual(keys)
  if (nExtra < MIN_EXTRA || nExtra < MIN_SHARE * table.nRows) return undefined
  const kept = withoutDefaults(keys)
  if (kept.length < keys.length) {
    const found = findCopies(
      takeRows(table, kept),
      Uint8Array.from(kept, (row) => y[row]),
    )
    return found && { ...found, keys: spread(found.keys, kept, keys.length) }
  }
  const expectedPairs = expectPairs(table, sums, { nPairs, nExtra })
  if (expectedPairs === undefined || nExtra <= BEYOND_CHANCE * expectedPairs) return undefined
  return { keys, nExtra, nPairs, expectedPairs }
}

function sumRows({ nRows, columns }: Table, y: Uint8Array): RowSums {
  const sums = emptySums(nRows)
  columns.forEach((column, j) => addColumn(sums, column, j, 1))
  addColumn(sums, { kind: 'category', name: '', codes: Int32Array.from(y), levels: [] }, columns.length, 1)
  return sums
}

/** Rows that are not one of the table's frequent ones. */
function withoutDefaults(keys: Float64Array): Int32Array {
  const counts = new Map<number, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  const limit = Math.max(DEFAULT_ROWS, DEFAULT_SHARE * keys.length)
  return Int32Array.from(keys.keys()).filter((row) => counts.get(keys[row])! <= limit)
}

/** The keys at these rows of a longer table; the rows between have keys of their own. */
function spread(keys: Float64Array, rows: Int32Array, nRows: number): Float64Array {
  const all = Float64Array.from({ length: nRows }, (_, row) => -1 - row)
  rows.forEach((row, i) => (all[row] = keys[i]))
  return all
}

/** How many equal pairs chance explains; undefined where that cannot be told. */
function expectPairs(
  { nRows, columns }: Table,
  sums: RowSums,
  { nPairs, nExtra }: { nPairs: number; nExtra: number },
): number | undefined {
  const all = columns.map(distinctValues)
  const nDifferent = nRows - nExtra
  const showsOwn = nDifferent >= Math.max(OWN_ROWS, OWN_ROWS_SHARE * nRows)
  let expectedPairs = 0
  let isTellable = false
  all.forEach((distinct, j) => {
    const share = collisionShare(distinct)
    const isOwn = showsOwn && distinct.nDistinct >= OWN_SHARE * nDifferent
    const places = isOwn ? [j] : [...all.keys()].filter((k) => k === j || follows(all[k], distinct))
    const nMisses = nearMisses(sums, columns, places) - nPairs
    if (nMisses > 0 || isOwn) isTellable = true
    if (share < 1) expectedPairs = Math.max(expectedPairs, (nMisses * share) / (1 - share))
  })
  return isTellable ? expectedPairs : undefined
}

/** Pairs of rows that agree in all columns but these (and perhaps in these too). Leaves the sums as they were. */
function nearMisses(sums: RowSums, columns: Column[], places: number[]): number {
  for (const place of places) addColumn(sums, columns[place], place, -1)
  const { nPairs } = countEqual(keysOf(sums))
  for (const place of places) addColumn(sums, columns[place], place, 1)
  return nPairs
}
