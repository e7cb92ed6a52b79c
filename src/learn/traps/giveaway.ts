import type { CategoryColumn } from '../table.ts'

/** A value that holds the rarer class almost alone, in so many rows, gives it away; honest causes have exceptions. */
const SHARE = 0.95
const MIN_ROWS = 20

/** How improbable such a value must be by chance, over all values of all columns. */
const CHANCE = 1e-6

/** Part of the rarer class that the values must cover before a model would lean on them. */
const MIN_COVERED = 0.05

/** The rarer class (positives, where both are equally many), and what share of the rows it has. */
export type Rarer = { label: 0 | 1; share: number; nRows: number }

export function rarerClass(y: Uint8Array): Rarer {
  let nPositive = 0
  for (let row = 0; row < y.length; row++) nPositive += y[row]
  const label = 2 * nPositive <= y.length ? 1 : 0
  const nRows = label === 1 ? nPositive : y.length - nPositive
  return { label, share: nRows / y.length, nRows }
}

/** Whether rows of one value are of the rarer class almost alone, and not by chance: share^n, for each value that was tried. */
export function givesAway({ nRows, nRarer }: { nRows: number; nRarer: number }, rarer: Rarer, nTried: number): boolean {
  if (nRows < MIN_ROWS || nRarer < SHARE * nRows) return false
  return nRarer * Math.log(rarer.share) + Math.log(nTried) <= Math.log(CHANCE)
}

export type Giveaway = { nValues: number; nRows: number; nRarer: number; covered: number }

/** Levels of a category that give the rarer class away, together; undefined where they do not matter. O(n). */
export function findGiveawayLevels(column: CategoryColumn, y: Uint8Array, nTried: number): Giveaway | undefined {
  const rarer = rarerClass(y)
  const counts = new Float64Array(column.levels.length)
  const ofRarer = new Float64Array(column.levels.length)
  for (let row = 0; row < y.length; row++) {
    const code = column.codes[row]
    if (code < 0) continue
    counts[code]++
    if (y[row] === rarer.label) ofRarer[code]++
  }
  const found = { nValues: 0, nRows: 0, nRarer: 0, covered: 0 }
  counts.forEach((nRows, code) => {
    if (!givesAway({ nRows, nRarer: ofRarer[code] }, rarer, nTried)) return
    found.nValues++
    found.nRows += nRows
    found.nRarer += ofRarer[code]
  })
  found.covered = found.nRarer / rarer.nRows
  return found.covered >= MIN_COVERED ? found : undefined
}
