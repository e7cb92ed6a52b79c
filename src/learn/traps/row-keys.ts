import type { Column } from '../table.ts'

/** Scratch to read a number's bits. */
const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)

/**
 * Sums of two 32-bit hashes a cell, row by row. Because they are sums, a column can be taken out again, which is how rows
 * that agree in all columns but one are found without comparing rows.
 */
export type RowSums = { high: Int32Array; low: Int32Array }

export function emptySums(nRows: number): RowSums {
  return { high: new Int32Array(nRows), low: new Int32Array(nRows) }
}

/** Adds (sign 1) or takes out (sign -1) a column; `place` tells equal cells of different columns apart. */
export function addColumn(sums: RowSums, column: Column, place: number, sign: 1 | -1): void {
  for (let row = 0; row < sums.high.length; row++) {
    let a: number
    let b = 0
    if (column.kind === 'category') a = column.codes[row]
    else {
      const value = column.values[row]
      // One bit pattern for each of what compares equal: no -0, and one NaN.
      float[0] = value === 0 ? 0 : Number.isNaN(value) ? NaN : value
      ;[a, b] = words
    }
    const first = mix(a ^ mix(b ^ mix(place + 1)))
    sums.high[row] = (sums.high[row] + sign * first) | 0
    sums.low[row] = (sums.low[row] + sign * mix(first ^ mix(a + 0x9e3779b9) ^ b)) | 0
  }
}

/** Finaliser of MurmurHash3: every bit of the input changes about half of the output's. */
function mix(word: number): number {
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
  return word ^ (word >>> 16)
}

/** One key a row, 53 bits: among a million rows, the chance that any two different ones share a key is 6e-5. */
export function keysOf({ high, low }: RowSums): Float64Array {
  return Float64Array.from(high, (word, row) => (word >>> 11) * 2 ** 32 + (low[row] >>> 0))
}

/** Pairs of rows with equal keys, and rows beyond the first of their key. O(n log n). */
export function countEqual(keys: Float64Array): { nPairs: number; nExtra: number } {
  const sorted = keys.slice().sort()
  let nPairs = 0
  let nExtra = 0
  let run = 0
  for (let i = 1; i < sorted.length; i++) {
    run = sorted[i] === sorted[i - 1] ? run + 1 : 0
    if (run > 0) nExtra++
    nPairs += run
  }
  return { nPairs, nExtra }
}
