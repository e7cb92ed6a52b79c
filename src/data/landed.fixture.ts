import path from 'node:path'
import { openDuckDb } from './duckdb/open.ts'
import type { Landed, LandedType } from './landed.ts'
import { identifier, literal } from './sql/literal.ts'

const sqlTypes = {
  text: 'varchar',
  number: 'double',
  integer: 'bigint',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
}

/** A column of a landed file: texts, or values of a type as texts. */
export type GivenColumn = (string | null)[] | { type: LandedType; values: (string | null)[] }

let nFiles = 0

/** Lands the given columns in the folder, as a source would. */
export async function land(directory: string, given: Record<string, GivenColumn>): Promise<Landed> {
  const columns = Object.entries(given).map(([name, column]) =>
    Array.isArray(column) ? { name, type: 'text' as const, values: column } : { name, ...column },
  )
  const file = path.join(directory, `landed-${nFiles++}.parquet`)
  const nRows = columns[0].values.length
  const duck = await openDuckDb()
  const cells = columns.map(({ name, type, values }) => {
    const list = values.map((value) => (value === null ? 'null' : literal(value))).join(', ')
    return `unnest([${list}]::varchar[])::${sqlTypes[type]} as ${identifier(name)}`
  })
  await duck.run(`copy (select ${cells.join(', ')}) to ${literal(file)} (format parquet)`)
  duck.closeSync()
  const source = { kind: 'fixture', location: file, sizeBytes: null, sha256: null }
  return { path: file, nRows, columns: columns.map(({ name, type }) => ({ name, type })), source, warnings: [] }
}
