import type { DataColumn, DataColumns } from '../columns.ts'
import { readBatches, SOURCE_ROW, storedColumns } from '../sql/stored-columns.ts'
import { identifier, openDuckDb, quote } from './open.ts'

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

/** Reads a dataset's Parquet file, or its first rows, into memory: dates as numbers of days, booleans as texts, rows and columns in their order. */
export async function readDataset(path: string, { maxRows = Infinity } = {}): Promise<DataColumns> {
  const duck = await openDuckDb()
  try {
    const stored = await storedColumns(duck, path)
    const [{ n }] = (
      await duck.runAndReadAll(`select count(*) as n from read_parquet('${quote(path)}')`)
    ).getRowObjectsJS()
    const nRows = Math.min(Number(n), maxRows)
    const columns = stored.map(({ name, kind, format }): DataColumn => {
      if (kind === 'text') return { kind, name, values: Array.from({ length: nRows }, () => null) }
      return { kind, name, values: new Float64Array(nRows), ...(format ? { format: 'date' } : {}) }
    })
    let from = 0
    for await (const batch of readBatches(duck, path, stored, maxRows)) {
      columns.forEach((column, i) => {
        if (column.kind === 'number') column.values.set(batch.values[i] as number[], from)
        else
          for (let row = 0; row < batch.nRows; row++) column.values[from + row] = batch.values[i][row] as string | null
      })
      from += batch.nRows
    }
    const source = columns.find(({ name }) => name === SOURCE_ROW)
    const data = columns.filter((column) => column !== source)
    return { nRows, columns: data, ...(source ? { sourceRows: Int32Array.from(source.values as Float64Array) } : {}) }
  } finally {
    duck.closeSync()
  }
}
