import type { DuckDBConnection } from '@duckdb/node-api'

/** An in-memory database of its own. DuckDB is loaded with the first: only child processes call this. */
export async function openDuckDb(): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  return instance.connect()
}

/** For a text between single quotes. */
export const quote = (text: string) => text.replaceAll("'", "''")

/** A column's name as an identifier. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`
