import { AssayError } from '../errors/index.ts'
import { daysOfIsoDate } from './dates.ts'
import type { Column, Table } from './table.ts'

/** A column that a model takes. */
type WantedColumn = { readonly name: string; readonly kind: 'number' | 'category' }

/**
 * The table's columns in the order wanted, found by name; columns that are not wanted are ignored.
 * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND
 */
export function matchColumns(wanted: readonly WantedColumn[], table: Table): Column[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  return wanted.map(({ name, kind }) => {
    const column = byName.get(name)
    if (!column) throw columnMissing({ name, kind }, [...byName.keys()])
    if (column.kind !== kind)
      throw new AssayError('MODEL_COLUMN_KIND', { column: name, given: column.kind, wanted: kind })
    return column
  })
}

/**
 * The value of a column in one row.
 * @throws MODEL_COLUMN_MISSING when there is no such key
 */
export function valueIn(row: Readonly<Record<string, unknown>>, column: WantedColumn): unknown {
  const value = row[column.name]
  if (value === undefined) throw columnMissing(column, Object.keys(row))
  return value
}

/**
 * A number of one row: NaN for null. A date may be given as days or as its ISO text.
 * @throws MODEL_VALUE_INVALID
 */
export function numberFrom(value: unknown, column: { name: string; format?: 'date' }): number {
  if (value === null) return NaN
  if (typeof value === 'number') return value
  if (column.format !== 'date') throw valueInvalid(column.name, value, 'a number or null')
  const days = typeof value === 'string' ? daysOfIsoDate(value) : undefined
  if (days === undefined) throw valueInvalid(column.name, value, 'a date such as 2024-05-31, or null')
  return days
}

/**
 * The level of one row: null for missing; a number or boolean stands for its text.
 * @throws MODEL_VALUE_INVALID
 */
export function levelFrom(value: unknown, column: { name: string }): string | null {
  if (value === null) return null
  if (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol') {
    throw valueInvalid(column.name, value, 'a text or null')
  }
  return String(value)
}

function columnMissing({ name, kind }: WantedColumn, given: string[]): AssayError {
  return new AssayError('MODEL_COLUMN_MISSING', { column: name, kind, given: given.join(', ') || 'no columns' })
}

/** Says the type, not the value: a value may be personal. */
function valueInvalid(column: string, value: unknown, wanted: string): AssayError {
  const given = Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
  return new AssayError('MODEL_VALUE_INVALID', { column, given, wanted })
}
