import type { DataColumn, DataColumns } from '../columns.ts'
import { identifier, openDuckDb, quote } from './open.ts'

/** Where a row came from, beside the data itself. */
const SOURCE_ROW = '_source_row'

/** Writes the columns as a Parquet file, with the number of each row in its source. */
export async function writeDataset(data: DataColumns, path: string): Promise<void> {
  const duck = await openDuckDb()
  try {
    const fields = data.columns.map((c) => `${identifier(c.name)} ${c.kind === 'number' ? 'double' : 'varchar'}`)
    await duck.run(`create table dataset (${[...fields, `${SOURCE_ROW} double`].join(', ')})`)
    const appender = await duck.createAppender('dataset')
    for (let row = 0; row < data.nRows; row++) {
      for (const column of data.columns) {
        if (column.kind === 'number') {
          const value = column.values[row]
          if (Number.isNaN(value)) appender.appendNull()
          else appender.appendDouble(value)
        } else {
          const text = column.values[row]
          if (text === null) appender.appendNull()
          else appender.appendVarchar(text)
        }
      }
      appender.appendDouble(data.sourceRows?.[row] ?? row)
      appender.endRow()
    }
    appender.closeSync()
    await duck.run(`copy dataset to '${quote(path)}' (format parquet, compression zstd)`)
  } finally {
    duck.closeSync()
  }
}

/** Reads what `writeDataset` wrote: the same columns, types, rows and order. */
export async function readDataset(path: string): Promise<DataColumns> {
  const duck = await openDuckDb()
  try {
    const reader = await duck.runAndReadAll(`select * from read_parquet('${quote(path)}')`)
    const names = reader.columnNames()
    const types = reader.columnTypes().map((type) => String(type))
    // Of no rows DuckDB gives no columns either.
    const columnsJs = reader.getColumnsJS()
    const values = names.map((_, i) => columnsJs[i] ?? [])
    const columns = names.map((name, i): DataColumn => {
      if (types[i] !== 'DOUBLE') return { kind: 'text', name, values: values[i] as (string | null)[] }
      return { kind: 'number', name, values: Float64Array.from(values[i] as (number | null)[], (v) => v ?? NaN) }
    })
    const source = columns.pop()!
    return { nRows: reader.currentRowCount, columns, sourceRows: Int32Array.from(source.values as Float64Array) }
  } finally {
    duck.closeSync()
  }
}
