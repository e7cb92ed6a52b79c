import type { LandedColumn, SourceFacts } from '../landed.ts'
import type { DatasetWarning } from '../warnings.ts'

/** Files that DuckDB reads: a query over them that gives the landed columns, in the order of the file. */
export type FileRelation = {
  facts: SourceFacts
  columns: LandedColumn[]
  warnings: DatasetWarning[]
  select: string
  /** What went wrong while DuckDB read, in words of ours. */
  explain(error: unknown): Promise<unknown>
  /** Said when the query gives no rows. */
  emptyError(): unknown
}

/** What opening any source needs beside its spec. */
export type SourceContext = {
  /** a folder for what has to be unpacked or rewritten; the caller removes it */
  workDirectory: string
  /** links in file names lead into these folders only */
  roots?: readonly string[]
  /** the environment variables that specs name */
  env: Readonly<Record<string, string | undefined>>
}
