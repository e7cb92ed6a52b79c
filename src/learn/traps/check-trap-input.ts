import { AssayError } from '../../errors/index.ts'
import { checkTable, columnLength } from '../table.ts'
import type { TrapInput } from './trap.ts'

/**
 * Checks once, at the door, what every check assumes.
 * @throws as `checkTable` (a time, folds or groups of another length are TABLE_LENGTHS_DIFFER), LABELS_LENGTH_DIFFERS, LABEL_INVALID
 */
export function checkTrapInput({ table, y, time, observedAt, folds, groups = [], besides = [] }: TrapInput): void {
  checkTable(table)
  const { nRows } = table
  if (y.length !== nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows })
  const wrong = y.findIndex((label) => label > 1)
  if (wrong >= 0) throw new AssayError('LABEL_INVALID', { row: wrong, given: y[wrong] })
  const lengths = [
    ...Object.entries({ time, observedAt, folds }).map(([name, values]) => [name, values?.length ?? nRows] as const),
    ...groups.map(({ name, codes }) => [name, codes.length] as const),
    ...besides.map((column) => [column.name, columnLength(column)] as const),
  ]
  for (const [column, given] of lengths)
    if (given !== nRows) throw new AssayError('TABLE_LENGTHS_DIFFER', { column, given, nRows })
}
