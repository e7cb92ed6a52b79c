import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import type { Landed, LandedType } from '../landed.ts'
import type { Corrections } from '../schemas.ts'
import { identifier, isOneOf, literal, parquet } from '../sql/literal.ts'
import { openSession, type Session } from '../sql/session.ts'
import { SOURCE_ROW } from '../sql/stored-columns.ts'

const sqlTypes: Record<LandedType, string> = {
  text: 'varchar',
  number: 'double',
  integer: 'bigint',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
}
const INSERT_ROWS = 1_000

/**
 * The landed data as people have corrected it, as a new file in `directory`: cells replaced, discarded rows left out, every row still
 * known by its row of the source. The given file stays as it is. What is made of the result is a version whose parent is the one that
 * the corrections were made on.
 * @throws CORRECTION_INVALID naming the first row that is not there, is corrected twice, or gets a value its column cannot hold
 */
export async function applyCorrections(
  landed: Landed,
  corrections: Corrections,
  { directory }: { directory: string },
): Promise<Landed> {
  demandRows(landed, corrections)
  const file = path.join(directory, `corrected-${randomUUID()}.parquet`)
  const session = await openSession({ reads: [landed.path], directory })
  try {
    await loadCells(session, corrections)
    await demandTypes(session, landed)
    const columns = landed.columns.map(({ name, type }) => {
      const cell = `cells[${literal(name)}]::${sqlTypes[type]}`
      return `case when list_contains(map_keys(cells), ${literal(name)}) then ${cell} else ${identifier(name)} end as ${identifier(name)}`
    })
    const source = parquet(
      landed.path,
      landed.columns.map(({ name }) => identifier(name)),
      landed.hasSourceRows ? `${SOURCE_ROW}::bigint` : undefined,
    )
    const [{ Count: nRows }] = await session.rows<{ Count: number }>(
      `copy (select ${[...columns, `"§row" as ${SOURCE_ROW}`].join(', ')} from ${source}
         left join (select row, map_from_entries(list({ 'k': name, 'v': value })) as cells from cell group by row) on row = "§row"
         where "§row" not in (select row from discard) order by "§row")
       to ${literal(file)} (format parquet, compression zstd)`,
    )
    return { ...landed, path: file, nRows, hasSourceRows: true }
  } finally {
    session.close()
  }
}

function demandRows({ nRows, columns, hasSourceRows }: Landed, { corrections, discards }: Corrections): void {
  const refuse = (row: number, reason: string): never => {
    throw new AssayError('CORRECTION_INVALID', { row, reason })
  }
  const names = new Set(columns.map(({ name }) => name))
  const seen = new Set<number>()
  for (const row of [...discards, ...corrections.map((correction) => correction.row)]) {
    if (!hasSourceRows && row >= nRows) refuse(row, `the source has ${nRows} rows, numbered from 0`)
    if (seen.has(row)) refuse(row, 'it is listed twice; wanted one correction or one discard of a row')
    seen.add(row)
  }
  for (const { row, values } of corrections)
    for (const name of Object.keys(values)) if (!names.has(name)) refuse(row, `the source has no column ${name}`)
}

async function loadCells({ duck }: Session, { corrections, discards }: Corrections): Promise<void> {
  await duck.run('create temp table cell (row bigint, name varchar, value varchar)')
  await duck.run('create temp table discard (row bigint)')
  const cells = corrections.flatMap(({ row, values }) =>
    Object.entries(values).map(
      ([name, value]) => `(${row}, ${literal(name)}, ${value === null ? 'null' : literal(value)})`,
    ),
  )
  for (let from = 0; from < cells.length; from += INSERT_ROWS)
    await duck.run(`insert into cell values ${cells.slice(from, from + INSERT_ROWS).join(', ')}`)
  for (let from = 0; from < discards.length; from += INSERT_ROWS)
    await duck.run(
      `insert into discard values ${discards
        .slice(from, from + INSERT_ROWS)
        .map((row) => `(${row})`)
        .join(', ')}`,
    )
}

/** A typed column takes values of its type only; a text column takes any, and the contract judges them. */
async function demandTypes({ rows }: Session, { columns }: Landed): Promise<void> {
  for (const type of new Set(columns.map((column) => column.type))) {
    if (type === 'text') continue
    const names = columns.filter((column) => column.type === type).map(({ name }) => name)
    const [bad] = await rows<{ row: number; name: string }>(
      `select row, name from cell where ${isOneOf('name', names)} and value is not null
         and try_cast(value as ${sqlTypes[type]}) is null order by row limit 1`,
    )
    if (bad)
      throw new AssayError('CORRECTION_INVALID', {
        row: bad.row,
        reason: `the value of ${bad.name} is no ${type}, as the source has it`,
      })
  }
}
