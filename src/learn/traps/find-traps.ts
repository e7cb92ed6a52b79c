import { stratifiedSample } from '../splits/stratified.ts'
import { takeRows } from '../table.ts'
import { findAfterDecision } from './after-decision.ts'
import { checkTrapInput } from './check-trap-input.ts'
import { findConstantPeriod } from './constant-period.ts'
import { findCopies } from './copies.ts'
import { findSpanningGroups } from './declared-groups.ts'
import { duplicateRows, duplicatesAcrossFolds } from './duplicates.ts'
import { findIdentifiers } from './identifiers.ts'
import { findImmatureLabels } from './immature-labels.ts'
import { findCopiedClass, findInterpolatedClass } from './oversampled.ts'
import { findTargetLeaks } from './target-leaks.ts'
import { orderByTime } from './time-order.ts'
import type { Trap, TrapInput } from './trap.ts'
import { findUndeclaredGroups } from './undeclared-groups.ts'

/** Columns are judged on a stratified sample of so many rows when there are more: an area is then known to 0.005. */
const MAX_ROWS = 100_000

/**
 * Everything about a learning set that would make a model look better in its evaluation than it will be, worst first.
 * A clean set gives an empty list. What the contract already calls known too late is reported for that alone.
 *
 * Rows, folds and time are looked at in full, columns in a sample of 100,000 rows, and then the message says so.
 * Deterministic in its input. O(columns x n log n): 100,000 rows x 50 columns take about 3 s on one thread.
 * TIME_SPLIT is not among them, since it takes two fits: see `compareTimeSplit`.
 * @throws as `checkTable`, LABELS_LENGTH_DIFFERS, LABEL_INVALID
 */
export function findTraps(input: TrapInput): Trap[] {
  checkTrapInput(input)
  const late = findAfterDecision(input)
  const lateNames = new Set(late.map(({ column }) => column))
  const columns = input.table.columns.filter(({ name }) => !lateNames.has(name))
  const known: TrapInput = { ...input, table: { ...input.table, columns } }
  const traps = [
    ...late,
    ...findColumnTraps(known),
    ...findRowTraps(known),
    ...findSpanningGroups(known),
    ...findUndeclaredGroups(known),
    ...findTimeTraps(known),
  ]
  return traps.sort((a, b) => Number(b.severity === 'block') - Number(a.severity === 'block'))
}

function findColumnTraps(input: TrapInput): Trap[] {
  const { table, y, time, seed = 0 } = input
  if (table.nRows <= MAX_ROWS) return [...findTargetLeaks(input), ...findIdentifiers(input)]
  const rows = stratifiedSample(y, MAX_ROWS / table.nRows, seed)
  const sample: TrapInput = {
    ...input,
    table: takeRows(table, rows),
    y: Uint8Array.from(rows, (row) => y[row]),
    ...(time && { time: Float64Array.from(rows, (row) => time[row]) }),
  }
  return [...findTargetLeaks(sample), ...findIdentifiers(sample)].map((trap) => ({
    ...trap,
    evidence: { ...trap.evidence, nRowsLookedAt: rows.length },
    message: `${trap.message} Looked at ${rows.length} of ${table.nRows} rows.`,
  }))
}

/** Rows that were copied. A class that was multiplied is told as that, and not once more as rows that repeat. */
function findRowTraps(input: TrapInput): Trap[] {
  const copies = findCopies(input.table, input.y)
  const interpolated = findInterpolatedClass(input)
  if (!copies) return interpolated ? [interpolated] : []
  const multiplied = findCopiedClass(input, copies) ?? interpolated
  return [multiplied ?? duplicateRows(input, copies), ...duplicatesAcrossFolds(input, copies)]
}

/** Outcomes that are missing are told once, be it as newest rows with fewer positives or with none at all. */
function findTimeTraps(input: TrapInput): Trap[] {
  if (!input.time) return []
  const order = orderByTime(input.time)
  if (order.rows.length === 0) return []
  const immature = findImmatureLabels(input, order)
  const constant = findConstantPeriod(input, order)
  const isSaid = immature && constant?.isNewest && constant.label === 0
  return [...(immature ? [immature] : []), ...(constant && !isSaid ? [constant.trap] : [])]
}
