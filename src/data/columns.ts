import { isoDateOfDays } from '../learn/index.ts'

/** A column as a source gives it. Missing is NaN or null; dates and times are days since 1970-01-01 UTC. */
export type DataColumn =
  | { kind: 'number'; name: string; values: Float64Array; format?: 'date' }
  | { kind: 'text'; name: string; values: (string | null)[] }

export type DataColumns = {
  nRows: number
  columns: DataColumn[]
  /** row of the source file, counted from 0, of each row here; absent when they are the same */
  sourceRows?: Int32Array
}

/** A cell as text, as it is shown to people; null when missing. */
export function cellText(column: DataColumn, row: number): string | null {
  if (column.kind === 'text') return column.values[row]
  const value = column.values[row]
  if (Number.isNaN(value)) return null
  return column.format === 'date' ? isoDateOfDays(value) : String(value)
}

/** The given rows, in the given order. */
export function takeDataRows(data: DataColumns, rows: Int32Array): DataColumns {
  const columns = data.columns.map((column): DataColumn => {
    if (column.kind === 'number') return { ...column, values: Float64Array.from(rows, (row) => column.values[row]) }
    return { ...column, values: Array.from(rows, (row) => column.values[row]) }
  })
  return { nRows: rows.length, columns, sourceRows: rows.map((row) => data.sourceRows?.[row] ?? row) }
}
