import type { CsvSpec, JsonLinesSpec, ParquetSpec } from './spec.ts'

/** The source that a file's name says it is: Parquet, JSON lines, else delimited text. */
export function sourceOfFile(path: string): CsvSpec | ParquetSpec | JsonLinesSpec {
  if (/\.(parquet|pq)$/i.test(path)) return { kind: 'parquet', path }
  if (/\.(jsonl|ndjson|json)(\.gz)?$/i.test(path)) return { kind: 'jsonl', path }
  return { kind: 'csv', path }
}
