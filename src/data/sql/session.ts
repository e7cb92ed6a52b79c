import fs from 'node:fs/promises'
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { quote } from '../duckdb/open.ts'

export type SessionOptions = {
  /** files that may be read; nothing else can be reached */
  reads: string[]
  /** where results are written and what does not fit into memory is spilled to; it has to exist */
  directory: string
  /** DuckDB's own bound; what is larger goes through files in `directory` */
  memoryLimitBytes?: number
  threads?: number
  /** session variables, such as the key of pseudonyms; bound, so they stand in no SQL text */
  variables?: Record<string, string>
}

const DEFAULT_MEMORY_LIMIT_BYTES = 512 * 2 ** 20

export type Session = {
  duck: DuckDBConnection
  /** the rows of a query, as plain JavaScript: counts beyond 2^53 do not occur here, so bigints become numbers */
  rows: <Row>(sql: string) => Promise<Row[]>
  close: () => void
}

/**
 * A DuckDB of its own over the given files, with bounded memory and UTC for its time zone. Before it returns, files and network are
 * closed but for `reads` and `directory`, and the settings are locked: the SQL of a contract's rules runs in here.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const { reads, memoryLimitBytes = DEFAULT_MEMORY_LIMIT_BYTES, threads = 2, variables = {} } = options
  const directory = await fs.realpath(options.directory)
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${Math.round(memoryLimitBytes / 2 ** 20)}MiB`,
    temp_directory: directory,
    autoinstall_known_extensions: 'false',
  })
  const duck = await instance.connect()
  await duck.run(`set TimeZone = 'UTC'`)
  for (const [name, value] of Object.entries(variables)) await duck.run(`set variable ${name} = $1`, [value])
  const list = (paths: string[]) => `[${paths.map((path) => `'${quote(path)}'`).join(', ')}]`
  await duck.run(`set allowed_paths = ${list(reads)}`)
  await duck.run(`set allowed_directories = ${list([directory])}`)
  await duck.run('set enable_external_access = false')
  await duck.run('set lock_configuration = true')
  return {
    duck,
    rows: async <Row>(sql: string) =>
      (await duck.runAndReadAll(sql)).getRowObjects().map((row) => plain(row as unknown as DuckDBValue) as Row),
    close: () => {
      duck.closeSync()
      instance.closeSync()
    },
  }
}

/** DuckDB's lists and structs as arrays and objects, bigints as numbers. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  if ('items' in value && Array.isArray(value.items)) return value.items.map(plain)
  if ('entries' in value) return plain(value.entries)
  if (Object.getPrototypeOf(value) !== Object.prototype) return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
