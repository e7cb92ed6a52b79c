import type { DuckDBConnection } from '@duckdb/node-api'

export type DuckDbOptions = {
  /** what does not fit into memory goes into this folder */
  spillDirectory?: string
  memoryLimitMb?: number
  threads?: number
}

/**
 * An in-memory database of its own, which keeps the order of rows. DuckDB is loaded with the first: only child processes call
 * this. It fetches no extensions from the network.
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(options.threads ?? 2),
    autoinstall_known_extensions: 'false',
    ...(options.memoryLimitMb && { memory_limit: `${options.memoryLimitMb}MB` }),
    ...(options.spillDirectory && { temp_directory: options.spillDirectory }),
  })
  return instance.connect()
}

/** For a text between single quotes. */
export const quote = (text: string) => text.replaceAll("'", "''")

/** A column's name as an identifier. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`
