import type { Column, Table } from '../table.ts'
import { collisionShare, distinctValues, type Distinct } from './distinct.ts'
import { addColumn, countEqual, emptySums, keysOf, type RowSums } from './row-keys.ts'

/** Fewer copies than these do not move a metric, whatever made them. */
const MIN_EXTRA = 10
const MIN_SHARE = 0.01

/** So many times more pairs than coincidence explains; columns that go together make coincidences more frequent than that. */
const BEYOND_CHANCE = 5

/** A value is nearly a row's own when fewer than so many other rows share it. */
const FEW_SHARING = 10

/** Rows looked at to see which column follows from which, and how many of them may be exceptions. */
const DEPENDENCE_ROWS = 5_000
const EXCEPTIONS = 0.01

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
 * coincidences, and nothing is said.
 * O(columns x n log n), but O(columns x n) where there are few equal rows.
 */
export function findCopies(table: Table, y: Uint8Array): Copies | undefined {
  const { nRows, columns } = table
  const sums = emptySums(nRows)
  columns.forEach((column, j) => addColumn(sums, column, j, 1))
  addColumn(sums, { kind: 'category', name: '', codes: Int32Array.from(y), levels: [] }, columns.length, 1)
  const keys = keysOf(sums)
  const { nPairs, nExtra } = countEqual(keys)
  if (nExtra < MIN_EXTRA || nExtra < MIN_SHARE * nRows) return undefined
  const all = columns.map(distinctValues)
  let expectedPairs = 0
  let isTellable = false
  all.forEach((distinct, j) => {
    const share = collisionShare(distinct)
    const isOwn = share * nRows < FEW_SHARING
    const places = isOwn ? [j] : [...all.keys()].filter((k) => k === j || follows(all[k], distinct))
    const nMisses = nearMisses(sums, columns, places) - nPairs
    if (nMisses > 0 || isOwn) isTellable = true
    if (share < 1) expectedPairs = Math.max(expectedPairs, (nMisses * share) / (1 - share))
  })
  return isTellable && nPairs > BEYOND_CHANCE * expectedPairs ? { keys, nExtra, nPairs, expectedPairs } : undefined
}

/** Whether a column's value is known from another's: equal values of that one come with equal ones here, but for exceptions. */
function follows(column: Distinct, from: Distinct): boolean {
  const step = Math.max(1, Math.floor(column.codes.length / DEPENDENCE_ROWS))
  const firstSeen = new Int32Array(from.nDistinct + 1).fill(-2)
  let nRows = 0
  let nExceptions = 0
  for (let row = 0; row < column.codes.length; row += step) {
    const given = from.codes[row] + 1
    if (firstSeen[given] === -2) firstSeen[given] = column.codes[row]
    else if (firstSeen[given] !== column.codes[row]) nExceptions++
    nRows++
  }
  return nExceptions <= EXCEPTIONS * nRows
}

/** Pairs of rows that agree in all columns but these (and perhaps in these too). Leaves the sums as they were. */
function nearMisses(sums: RowSums, columns: Column[], places: number[]): number {
  for (const place of places) addColumn(sums, columns[place], place, -1)
  const { nPairs } = countEqual(keysOf(sums))
  for (const place of places) addColumn(sums, columns[place], place, 1)
  return nPairs
}
