import type { Column } from '../table.ts'
import { aucLowerBound } from './auc-bound.ts'
import { givesAway, rarerClass } from './giveaway.ts'

/**
 * From this area on (lower end 0.7) being filled in says more about the target than measured fields usually do: 0.8 is
 * filled in for 80 % of one class and 20 % of the other.
 */
const TELLING = 0.8
const TELLING_LOWER = 0.7

export type Missingness = {
  auc: number
  missingShareOfPositives: number
  missingShareOfNegatives: number
  /** The side that gives the rarer class away, and what share of it that class is. */
  giveaway?: { side: 'filled in' | 'missing'; share: number; nRows: number }
}

/** What the presence of a value tells about the target; undefined when it tells nothing out of the ordinary. */
export function findTellingMissingness(column: Column, y: Uint8Array, nColumns: number): Missingness | undefined {
  // Rows by side (filled in, missing) and label.
  const counts = [
    [0, 0],
    [0, 0],
  ]
  for (let row = 0; row < y.length; row++) {
    const isMissing = column.kind === 'number' ? Number.isNaN(column.values[row]) : column.codes[row] < 0
    counts[isMissing ? 1 : 0][y[row]]++
  }
  const [filled, missing] = counts
  const nNegative = filled[0] + missing[0]
  const nPositive = filled[1] + missing[1]
  if (nNegative === 0 || nPositive === 0 || missing[0] + missing[1] === 0) return undefined
  const [ofPositives, ofNegatives] = [missing[1] / nPositive, missing[0] / nNegative]
  const auc = 0.5 + Math.abs(ofPositives - ofNegatives) / 2
  const found = { auc, missingShareOfPositives: ofPositives, missingShareOfNegatives: ofNegatives }
  const rarer = rarerClass(y)
  for (const [side, cell] of [['filled in', filled] as const, ['missing', missing] as const]) {
    const nRows = cell[0] + cell[1]
    const nRarer = cell[rarer.label]
    if (givesAway({ nRows, nRarer }, rarer, 2 * nColumns))
      return { ...found, giveaway: { side, share: nRarer / nRows, nRows } }
  }
  return auc >= TELLING && aucLowerBound(auc, nPositive, nNegative) >= TELLING_LOWER ? found : undefined
}
