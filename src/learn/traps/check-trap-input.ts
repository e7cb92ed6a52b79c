import { AssayError } from '../../errors/index.ts'
import { checkTable } from '../table.ts'
import type { TrapInput } from './trap.ts'

/**
 * Checks once, at the door, what every check assumes.
 * @throws as `checkTable` (a time or folds of another length are TABLE_LENGTHS_DIFFER), LABELS_LENGTH_DIFFERS, LABEL_INVALID
 */
export function checkTrapInput({ table, y, time, folds }: TrapInput): void {
  checkTable(table)
  const { nRows } = table
  if (y.length !== nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows })
  const wrong = y.findIndex((label) => label > 1)
  if (wrong >= 0) throw new AssayError('LABEL_INVALID', { row: wrong, given: y[wrong] })
  for (const [column, values] of Object.entries({ time, folds })) {
    if (values && values.length !== nRows)
      throw new AssayError('TABLE_LENGTHS_DIFFER', { column, given: values.length, nRows })
  }
}
