import type { Column } from '../table.ts'

/** A code, a status, a text of reasons: what restates a target has few values. Above it, ranking finds the leak. */
const MAX_VALUES = 50

/** Rows that may disagree: a corrected label here and there does not make a copy of the target something else. */
const MAX_DISAGREEING = 0.001

/** How improbable a copy by chance must be, over all columns. */
const CHANCE = 1e-4

/**
 * Whether the column determines the target: all rows of one value (missing being one) have one label, but for one in a
 * thousand. Given enough values and few rows that happens by chance: k values can be labelled in 2^k ways, and a random
 * arrangement of the positives fits one of them with probability 1 / C(n, positives); that must stay below 1e-4 over all
 * columns. So a table of 30 rows can have a copy (15 of each: 6e-9), one with 2 positives cannot.
 */
export function isTargetCopy(column: Column, y: Uint8Array, nColumns: number): { nValues: number } | undefined {
  const values = countByValue(column, y)
  if (!values || values.size < 2) return undefined
  let nDisagreeing = 0
  let nPositive = 0
  for (const { nRows, positives } of values.values()) {
    nDisagreeing += Math.min(positives, nRows - positives)
    nPositive += positives
  }
  const nMinority = Math.min(nPositive, y.length - nPositive)
  if (nDisagreeing > MAX_DISAGREEING * nMinority) return undefined
  const chance = values.size * Math.LN2 - logChoose(y.length, nPositive) + Math.log(nColumns)
  return chance < Math.log(CHANCE) ? { nValues: values.size } : undefined
}

/** Rows and positives of each value, missing (NaN or -1) being one; undefined as soon as there are too many values. */
function countByValue(column: Column, y: Uint8Array): Map<number, { nRows: number; positives: number }> | undefined {
  const cells = column.kind === 'number' ? column.values : column.codes
  const counts = new Map<number, { nRows: number; positives: number }>()
  for (let row = 0; row < y.length; row++) {
    let count = counts.get(cells[row])
    if (!count) {
      if (counts.size === MAX_VALUES) return undefined
      count = { nRows: 0, positives: 0 }
      counts.set(cells[row], count)
    }
    count.nRows++
    count.positives += y[row]
  }
  return counts
}

/** log C(n, k), summed; k is cut at 1,000, which is far below any chance already. */
function logChoose(n: number, k: number): number {
  let log = 0
  for (let i = 1; i <= Math.min(k, n - k, 1_000); i++) log += Math.log((n - i + 1) / i)
  return log
}
