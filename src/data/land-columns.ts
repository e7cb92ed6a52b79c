import path from 'node:path'
import type { DataColumns } from './columns.ts'
import { writeDataset } from './duckdb/parquet.ts'
import type { Landed, SourceFacts } from './landed.ts'

/** Lands what is in memory already, such as generated data, as a source would: one Parquet file in `directory`. */
export async function landColumns(data: DataColumns, directory: string, source: SourceFacts): Promise<Landed> {
  const file = path.join(directory, 'landed-columns.parquet')
  await writeDataset(data, file)
  const columns = data.columns.map((column) => ({
    name: column.name,
    type: column.kind === 'text' ? ('text' as const) : ('number' as const),
  }))
  return { path: file, nRows: data.nRows, columns, source, warnings: [] }
}
