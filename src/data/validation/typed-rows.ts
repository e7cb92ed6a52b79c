import type { Landed } from '../landed.ts'
import { identifier, parquet } from '../sql/literal.ts'
import { SOURCE_ROW } from '../sql/stored-columns.ts'
import type { BoundColumn } from './checks.ts'

/**
 * The landed file as a table of readings: `§row`, each column of the source as it came (`§r0` …), each column of the contract without
 * what means missing (`§p0` …), and in the contract's type under its own name, by which the contract's rules know it.
 */
export function typedRows(landed: Landed, columns: BoundColumn[]): string {
  const raw = landed.columns.map(({ name }, index) => `${identifier(name)} as "§r${index}"`)
  const present = columns.map((column) => `${column.presentSql} as ${column.present}`)
  const typed = columns.map(({ rule, typedSql }) => `${typedSql} as ${identifier(rule.name)}`)
  const row = landed.hasSourceRows ? `${SOURCE_ROW}::bigint` : undefined
  const source = parquet(landed.path, raw, row)
  return `(select ${['*', ...typed].join(', ')} from (select ${['*', ...present].join(', ')} from ${source}))`
}
