import type { DatasetWarning } from './warnings.ts'

/** What a column of a landed file holds. CSV lands as text: its types are the contract's to say. */
export type LandedType = 'text' | 'number' | 'integer' | 'boolean' | 'date' | 'timestamp'

export type LandedColumn = { name: string; type: LandedType }

/** Where data came from, as it is kept with a dataset version. */
export type SourceFacts = {
  kind: string
  /** path, address or host and database; never a credential */
  location: string
  /** null when the source cannot say */
  sizeBytes: number | null
  /** of the source's bytes as they were found; null for what is not a file */
  sha256: string | null
  query?: string
}

/** A source brought into one Parquet file: all its columns, its rows in their order. */
export type Landed = {
  /** Parquet; DuckDB's `file_row_number` is the row of the source, from 0 */
  path: string
  nRows: number
  columns: LandedColumn[]
  source: SourceFacts
  warnings: DatasetWarning[]
  /** the file says the row of the source itself, in a column `_source_row`: rows were left out */
  hasSourceRows?: true
}
