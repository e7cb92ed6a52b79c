import type { Corrections, QuarantinedRow } from '../../../api/data-types.ts'

/** What a person wants done with rows in quarantine, by row of the source: cells to change, or the row left out for good. */
export type Decisions = ReadonlyMap<number, { values: Record<string, string | null> } | 'discard'>

/** With one cell set; a cell that is set to what it was is no change, and a row without changes no decision. */
export function withCell(
  decisions: Decisions,
  row: QuarantinedRow,
  { column, value }: { column: string; value: string | null },
): Decisions {
  const known = decisions.get(row.row)
  const values = { ...(known === undefined || known === 'discard' ? {} : known.values), [column]: value }
  if (value === row.values[column]) delete values[column]
  const next = new Map(decisions)
  if (Object.keys(values).length === 0) next.delete(row.row)
  else next.set(row.row, { values })
  return next
}

/** With a row to be discarded, or no longer. */
export function withDiscard(decisions: Decisions, row: number, isDiscarded: boolean): Decisions {
  const next = new Map(decisions)
  if (isDiscarded) next.set(row, 'discard')
  else next.delete(row)
  return next
}

/** As the server takes them, in the order of rows. */
export function correctionsOf(decisions: Decisions): Corrections {
  const sorted = [...decisions].toSorted(([a], [b]) => a - b)
  return {
    corrections: sorted.flatMap(([row, decision]) =>
      decision === 'discard' ? [] : [{ row, values: decision.values }],
    ),
    discards: sorted.flatMap(([row, decision]) => (decision === 'discard' ? [row] : [])),
  }
}
