import type { Column } from '../table.ts'

/** The distinct values of a column: a code for each row (-1 is missing), how many there are, how many rows have one. */
export type Distinct = { codes: Int32Array; nDistinct: number; nPresent: number }

/** Codes of exact values; a number's codes ascend with its value. O(n log n) for numbers, O(n) for categories. */
export function distinctValues(column: Column): Distinct {
  return column.kind === 'number' ? distinctNumbers(column.values) : distinctCodes(column.codes, column.levels.length)
}

function distinctNumbers(values: Float64Array): Distinct {
  const present = values.filter((value) => !Number.isNaN(value)).sort()
  let nDistinct = 0
  for (let i = 0; i < present.length; i++)
    if (i === 0 || present[i] !== present[i - 1]) present[nDistinct++] = present[i]
  const sorted = present.subarray(0, nDistinct)
  const nPresent = present.length
  return { codes: Int32Array.from(values, (value) => indexOf(sorted, value)), nDistinct, nPresent }
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
