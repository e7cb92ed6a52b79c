import { isoDateOfDays, type NumberColumn, type Table } from '../../learn/index.ts'

export type RowObject = Record<string, string | number | null>

/** A row of a table as a caller would send it: missing is null, dates are ISO texts. */
export function rowObject(table: Table, row: number): RowObject {
  return Object.fromEntries(
    table.columns.map((column) => {
      if (column.kind === 'number') return [column.name, numberCell(column, row)]
      return [column.name, column.codes[row] < 0 ? null : column.levels[column.codes[row]]]
    }),
  )
}

function numberCell({ values, format }: NumberColumn, row: number): number | string | null {
  if (Number.isNaN(values[row])) return null
  return format === 'date' ? isoDateOfDays(values[row]) : values[row]
}
