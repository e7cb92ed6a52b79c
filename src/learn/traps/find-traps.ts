import { findAfterDecision } from './after-decision.ts'
import { checkTrapInput } from './check-trap-input.ts'
import { findCopies } from './copies.ts'
import { duplicateRows, duplicatesAcrossFolds } from './duplicates.ts'
import { findIdentifiers } from './identifiers.ts'
import { findTargetLeaks } from './target-leaks.ts'
import type { Trap, TrapInput } from './trap.ts'

/**
 * Everything about a learning set that would make a model look better in its evaluation than it will be, worst first.
 * A clean set gives an empty list. What the contract already calls known too late is reported for that alone.
 * Deterministic in its input. O(columns x n log n); 100,000 rows x 50 columns take a few seconds on one thread.
 * @throws as `checkTable`, LABELS_LENGTH_DIFFERS, LABEL_INVALID
 */
export function findTraps(input: TrapInput): Trap[] {
  checkTrapInput(input)
  const late = findAfterDecision(input)
  const lateNames = new Set(late.map(({ column }) => column))
  const columns = input.table.columns.filter(({ name }) => !lateNames.has(name))
  const known: TrapInput = { ...input, table: { ...input.table, columns } }
  const traps = [...late, ...findTargetLeaks(known), ...findIdentifiers(known), ...findRowTraps(known)]
  return traps.sort((a, b) => Number(b.severity === 'block') - Number(a.severity === 'block'))
}

function findRowTraps(input: TrapInput): Trap[] {
  const copies = findCopies(input.table, input.y)
  return copies ? [duplicateRows(input, copies), ...duplicatesAcrossFolds(input, copies)] : []
}
