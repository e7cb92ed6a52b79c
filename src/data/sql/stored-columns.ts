import type { DuckDBConnection } from '@duckdb/node-api'
import { identifier, literal } from './literal.ts'

/** Where a row came from, beside the data itself. */
export const SOURCE_ROW = '_source_row'

/** A column of a dataset's Parquet file. Booleans are the texts true and false; dates are days since 1970-01-01 UTC. */
export type StoredColumn = { name: string; type: string; kind: 'number' | 'text'; format?: 'date' | 'timestamp' }

/** The columns of a Parquet file with the names of their types in DuckDB, in order. */
export async function storedColumns(duck: DuckDBConnection, path: string): Promise<StoredColumn[]> {
  const reader = await duck.runAndReadAll(`describe select * from read_parquet(${literal(path)})`)
  return reader.getRowsJS().map((row) => {
    const [name, type] = [String(row[0]), String(row[1])]
    if (type === 'DATE') return { name, type, kind: 'number', format: 'date' }
    if (type.startsWith('TIMESTAMP')) return { name, type, kind: 'number', format: 'timestamp' }
    return {
      name,
      type,
      kind: /^(DOUBLE|FLOAT|U?(BIG|HUGE|SMALL|TINY)?INT(EGER)?|DECIMAL.*)$/.test(type) ? 'number' : 'text',
    }
  })
}

const MICROSECONDS_A_DAY = 86_400_000_000

/** SQL of a stored column as double (NaN where missing) or as text. */
function readSql({ name, kind, format }: StoredColumn): string {
  const column = identifier(name)
  if (kind === 'text') return `${column}::varchar`
  const number =
    format === 'date'
      ? `(${column} - date '1970-01-01')::double`
      : format === 'timestamp'
        ? `epoch_us(${column}::timestamp) / ${MICROSECONDS_A_DAY}::double`
        : `${column}::double`
  return `coalesce(${number}, 'nan'::double)`
}

export type Batch = { nRows: number; values: (number[] | (string | null)[])[] }

/** The columns' values, in the order of the file, some thousand rows at a time; the first `maxRows` of them. */
export async function* readBatches(
  duck: DuckDBConnection,
  path: string,
  columns: StoredColumn[],
  maxRows = Infinity,
): AsyncGenerator<Batch> {
  const limit = maxRows === Infinity ? '' : ` limit ${maxRows}`
  const from = `from read_parquet(${literal(path)})${limit}`
  const result = await duck.stream(`select ${columns.map(readSql).join(', ')} ${from}`)
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield { nRows: chunk.rowCount, values: chunk.getColumns() as Batch['values'] }
}
