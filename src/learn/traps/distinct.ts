import type { Column } from '../table.ts'

/** Rows looked at to see which column follows from which, and how many of them may be exceptions. */
const DEPENDENCE_ROWS = 5_000
const EXCEPTIONS = 0.01

/** The distinct values of a column: a code for each row (-1 is missing), how many there are, how many rows have one. */
export type Distinct = { codes: Int32Array; nDistinct: number; nPresent: number }

/** Codes of exact values; a number's codes ascend with its value. O(n log n) for numbers, O(n) for categories. */
export function distinctValues(column: Column): Distinct {
  return column.kind === 'number' ? distinctNumbers(column.values) : distinctCodes(column.codes, column.levels.length)
}

/** How many values there are and how many rows have one, without the codes, which cost several times more. */
export function countDistinct(column: Column): Omit<Distinct, 'codes'> {
  if (column.kind === 'category') return distinctCodes(column.codes, column.levels.length)
  const { sorted, nPresent } = sortDistinct(column.values)
  return { nDistinct: sorted.length, nPresent }
}

function distinctNumbers(values: Float64Array): Distinct {
  const { sorted, nPresent } = sortDistinct(values)
  const codes = new Int32Array(values.length)
  for (let row = 0; row < values.length; row++) codes[row] = indexOf(sorted, values[row])
  return { codes, nDistinct: sorted.length, nPresent }
}

function sortDistinct(values: Float64Array): { sorted: Float64Array; nPresent: number } {
  const present = values.filter((value) => !Number.isNaN(value)).sort()
  let nDistinct = 0
  for (let i = 0; i < present.length; i++)
    if (i === 0 || present[i] !== present[i - 1]) present[nDistinct++] = present[i]
  return { sorted: present.subarray(0, nDistinct), nPresent: present.length }
}

/** Place of a value among ascending distinct ones; -1 for NaN. The value is known to be there. */
function indexOf(sorted: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Levels that no row has do not count: a table of taken rows shares its dictionary with the whole one. */
function distinctCodes(given: Int32Array, nLevels: number): Distinct {
  const place = new Int32Array(nLevels).fill(-1)
  const codes = new Int32Array(given.length).fill(-1)
  let nDistinct = 0
  let nPresent = 0
  for (let row = 0; row < given.length; row++) {
    const code = given[row]
    if (code < 0) continue
    if (place[code] < 0) place[code] = nDistinct++
    codes[row] = place[code]
    nPresent++
  }
  return { codes, nDistinct, nPresent }
}

/** Chance that two rows drawn at random have the same value, missing being one. In [0, 1]. */
export function collisionShare({ codes, nDistinct }: Distinct): number {
  const counts = new Float64Array(nDistinct + 1)
  for (const code of codes) counts[code + 1]++
  const n = codes.length
  let pairs = 0
  for (const count of counts) pairs += count * (count - 1)
  return n < 2 ? 0 : pairs / (n * (n - 1))
}

/** Whether a column's value is known from another's: equal values of that one come with equal ones here, but for exceptions. */
export function follows(column: Distinct, from: Distinct): boolean {
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
