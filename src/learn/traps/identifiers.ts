import type { NumberColumn } from '../table.ts'
import { adviceFor } from './advice.ts'
import { countDistinct } from './distinct.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** Below this many rows even an age may be different in every one. */
const MIN_ROWS = 50

/** A number is nearly unique from here on: identifiers of claims repeat where a claim has a second row. */
const UNIQUE_NUMBERS = 0.95

/** Texts need less: measured things are not texts, and with nine texts in ten seen once nothing can be learned from them. */
const UNIQUE_TEXTS = 0.9

/**
 * Rank correlation with the order of rows or with time from which on a column counts as running with it. Numbers that are
 * given out in turn reach 0.999 even when one in a hundred is filed late; a measure that grows over the years stays below.
 */
const RUNNING = 0.99

/** Values that repeat count as a running number (a batch, a file) only from so many on: years and versions are fewer. */
const MIN_STEPS = 30

/**
 * Coincidences that must be missing before "no value comes twice" is evidence: if chance alone would give 20 equal pairs,
 * fewer than 2 have a probability of 4e-8.
 */
const EXPECTED_PAIRS = 20

const idNames = [
  /(^|[_\s.-])(id|no|nr|num|number|key|uuid|guid|serial|reference)$/i,
  /[a-z](Id|ID|No|Nr|Num|Number|Key|Uuid)$/,
]

/**
 * Features that name a row instead of describing it: nearly unique texts; whole numbers that are nearly unique and run
 * with the rows or the time, are called so, or have fewer equal values than measured numbers of that range would have;
 * and whole numbers that repeat but run with the time.
 */
export function findIdentifiers({ table, time }: TrapInput): Trap[] {
  if (table.nRows < MIN_ROWS) return []
  const rowOrder = Float64Array.from({ length: table.nRows }, (_, row) => row)
  return table.columns.flatMap((column): Trap[] => {
    if (column.kind === 'number' && !isWhole(column)) return []
    const { nDistinct, nPresent } = countDistinct(column)
    if (nPresent < MIN_ROWS) return []
    const uniqueShare = nDistinct / nPresent
    if (column.kind === 'category')
      return uniqueShare >= UNIQUE_TEXTS ? [identifier(column.name, { uniqueShare, nDistinct })] : []
    const isUnique = uniqueShare >= UNIQUE_NUMBERS
    if (!isUnique && (!time || nDistinct < MIN_STEPS)) return []
    const withRows = isUnique ? Math.abs(rankCorrelation(column.values, rowOrder)) : 0
    const withTime = time ? Math.abs(rankCorrelation(column.values, time)) : 0
    const found = { uniqueShare, nDistinct, withRows, withTime }
    if (Math.max(withRows, withTime) >= RUNNING) return [identifier(column.name, found)]
    return isUnique && (isCalledId(column.name) || lacksCoincidences(column, nDistinct))
      ? [identifier(column.name, found)]
      : []
  })
}

const isCalledId = (name: string): boolean => idNames.some((pattern) => pattern.test(name))

function isWhole({ values }: NumberColumn): boolean {
  return values.every((value) => Number.isNaN(value) || Number.isInteger(value))
}

type Found = { uniqueShare: number; nDistinct: number; withRows?: number; withTime?: number }

function identifier(column: string, { uniqueShare, nDistinct, withRows = 0, withTime = 0 }: Found): Trap {
  const isOrdered = Math.max(withRows, withTime) >= RUNNING
  const code = isOrdered ? 'ID_ORDERED' : 'IDENTIFIER'
  const order = withTime >= RUNNING ? 'time' : 'order of the rows'
  return {
    code,
    severity: 'warn',
    column,
    evidence: {
      distinctShare: figure(uniqueShare),
      nDistinct,
      rankCorrelationWithRows: figure(withRows),
      rankCorrelationWithTime: figure(withTime),
    },
    message: isOrdered
      ? `${column} runs with the ${order} (rank correlation ${Math.max(withRows, withTime).toFixed(3)}, ${nDistinct} values): it tells when a row arose, not what it is like.`
      : `${column} is different in ${percent(uniqueShare)} of the rows (${nDistinct} values): it names a row, it does not describe it.`,
    advice: adviceFor(code),
  }
}

/**
 * Whether equal values are missing that chance would bring. Expected are n²/2 · ∫f² equal pairs, with the density f of
 * the values estimated over 20 parts of equally many rows; that is the birthday problem for unequal chances.
 */
function lacksCoincidences({ values }: NumberColumn, nDistinct: number): boolean {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const nPresent = sorted.length
  const nParts = 20
  let density = 0
  for (let part = 0; part < nParts; part++) {
    const first = Math.floor((part * nPresent) / nParts)
    const last = Math.floor(((part + 1) * nPresent) / nParts) - 1
    density += (1 / nParts) ** 2 / (sorted[last] - sorted[first] + 1)
  }
  const expected = (nPresent ** 2 / 2) * density
  return expected >= EXPECTED_PAIRS && nPresent - nDistinct <= expected / 10
}

/** Rows that a rank correlation is taken over; its standard error near 0.99 is then 0.0001. */
const MAX_RANKED = 20_000

/**
 * Spearman's rank correlation with some order, over rows that have both, evenly spaced ones where there are very many; 0
 * where either does not vary.
 */
function rankCorrelation(values: Float64Array, order: Float64Array): number {
  const step = Math.max(1, Math.floor(values.length / MAX_RANKED))
  const rows: number[] = []
  for (let row = 0; row < values.length; row += step)
    if (!Number.isNaN(values[row]) && !Number.isNaN(order[row])) rows.push(row)
  const a = midRanks(Float64Array.from(rows, (row) => values[row]))
  const b = midRanks(Float64Array.from(rows, (row) => order[row]))
  const middle = (rows.length + 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < rows.length; i++) {
    ab += (a[i] - middle) * (b[i] - middle)
    aa += (a[i] - middle) ** 2
    bb += (b[i] - middle) ** 2
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb)
}

/** Ranks from 1, ties sharing the mean of theirs. */
function midRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  const ranks = new Float64Array(values.length)
  for (let i = 0; i < order.length;) {
    let end = i + 1
    while (end < order.length && values[order[end]] === values[order[i]]) end++
    for (let k = i; k < end; k++) ranks[order[k]] = (i + end + 1) / 2
    i = end
  }
  return ranks
}
