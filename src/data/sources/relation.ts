import type { LandedColumn, SourceFacts } from '../landed.ts'
import type { DatasetWarning } from '../warnings.ts'

/** A source as DuckDB reads it: a query that gives the landed columns, rows in the order of the source. */
export type Relation = {
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
  /** a folder for what has to be fetched, unpacked or rewritten; the caller removes it */
  workDirectory: string
  /** links in file names lead into these folders only */
  roots?: readonly string[]
  /** the environment variables that specs name */
  env: Readonly<Record<string, string | undefined>>
  /** more rows than these need not be fetched */
  maxRows?: number
}
