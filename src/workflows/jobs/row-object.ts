import type { Table } from '../../learn/index.ts'

export type RowObject = Record<string, string | number | null>

/** A row of a table as a caller would send it: missing is null. */
export function rowObject(table: Table, row: number): RowObject {
  return Object.fromEntries(
    table.columns.map((column) => {
      if (column.kind === 'number') return [column.name, Number.isNaN(column.values[row]) ? null : column.values[row]]
      return [column.name, column.codes[row] < 0 ? null : column.levels[column.codes[row]]]
    }),
  )
}
