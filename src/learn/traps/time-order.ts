import type { TrapInput } from './trap.ts'

/** Rows with a time, oldest first, and where each instant begins among them (its end last). */
export type TimeOrder = { rows: Int32Array; starts: Int32Array }

/** Rows without a time are left out; rows of one instant have no order. O(n log n). */
export function orderByTime(time: Float64Array): TimeOrder {
  const rows = Int32Array.from(time.keys())
    .filter((row) => !Number.isNaN(time[row]))
    .sort((a, b) => time[a] - time[b])
  const starts: number[] = []
  for (let i = 0; i < rows.length; i++) if (i === 0 || time[rows[i]] !== time[rows[i - 1]]) starts.push(i)
  return { rows, starts: Int32Array.from([...starts, rows.length]) }
}

/** Positives among the first i rows in the order of time, for i from 0 to all. */
export function runningPositives({ rows }: TimeOrder, y: TrapInput['y']): Float64Array {
  const sums = new Float64Array(rows.length + 1)
  for (let i = 0; i < rows.length; i++) sums[i + 1] = sums[i] + y[rows[i]]
  return sums
}
