import { AssayError } from '../errors/index.ts'
import { checkOption, createRandom, seedRule, shuffle, type Column, type Table } from '../learn/index.ts'
import type { Explanation } from './explanation.ts'
import { studentTwoSided } from './student-t.ts'

/** Level of the intervals. */
const LEVEL = 0.95

/** What one feature contributes over many rows. */
export type ContributionSummary = {
  name: string
  kind: 'number' | 'category'
  /** Values are days since 1970-01-01 UTC. */
  format?: 'date'
  /** Mean |contribution| over all rows, in the unit of the explanation. */
  meanAbs: number
  lower: number
  upper: number
  /** Values of some rows, the same for every feature; null is missing. Infinite numbers stay. */
  values: (number | string | null)[]
  /** Contributions to the same rows. */
  contributions: number[]
}

/**
 * The features by how much they move the raw score: mean |contribution| with a Student interval over the rows, at 95 % (cut off
 * at 0), which tells how far the mean would move with other rows of the same kind. Beside it a random sample of rows in their
 * order, with values and contributions, for plots. Deterministic in its input. O(nRows x nFeatures).
 * @param table     the rows that were explained
 * @param nPoints   rows in the sample, 0 or more; 200 if absent
 * @returns most important first, ties in the order of the signature; with fewer than two rows the interval is the mean
 * @throws OPTION_INVALID, TABLE_NO_ROWS
 */
export function summariseContributions(
  explanation: Explanation,
  table: Table,
  { nPoints = 200, seed = 0 }: { nPoints?: number; seed?: number } = {},
): ContributionSummary[] {
  checkOption('nPoints', nPoints, { integer: [0, 2 ** 31] })
  checkOption('seed', seed, seedRule)
  const { features, nRows, values } = explanation
  if (nRows === 0) throw new AssayError('TABLE_NO_ROWS', {})
  const critical = nRows > 1 ? studentTwoSided(LEVEL, nRows - 1) : 0
  const rows = sampleInOrder(nRows, nPoints, seed)
  const columns = new Map(table.columns.map((column) => [column.name, column]))
  const summaries = features.map((name, f) => {
    const contributions = Float64Array.from({ length: nRows }, (_, row) => values[row * features.length + f])
    const column = columns.get(name)!
    return {
      name,
      kind: column.kind,
      ...(column.kind === 'number' && column.format ? { format: column.format } : {}),
      ...meanInterval(contributions.map(Math.abs), critical),
      values: Array.from(rows, (row) => cell(column, row)),
      contributions: Array.from(rows, (row) => contributions[row]),
    }
  })
  return summaries.sort((a, b) => b.meanAbs - a.meanAbs)
}

function sampleInOrder(nRows: number, nPoints: number, seed: number): Int32Array {
  const rows = Int32Array.from({ length: nRows }, (_, row) => row)
  return nRows <= nPoints ? rows : shuffle(rows, createRandom(seed)).slice(0, nPoints).sort()
}

function cell(column: Column, row: number): number | string | null {
  if (column.kind === 'category') return column.codes[row] < 0 ? null : column.levels[column.codes[row]]
  return Number.isNaN(column.values[row]) ? null : column.values[row]
}

function meanInterval(sizes: Float64Array, critical: number): { meanAbs: number; lower: number; upper: number } {
  const n = sizes.length
  const meanAbs = sizes.reduce((sum, size) => sum + size, 0) / n
  const squares = sizes.reduce((sum, size) => sum + (size - meanAbs) ** 2, 0)
  const half = n > 1 ? critical * Math.sqrt(squares / (n - 1) / n) : 0
  return { meanAbs, lower: Math.max(0, meanAbs - half), upper: meanAbs + half }
}
