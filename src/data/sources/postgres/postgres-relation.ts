import type { DuckDBConnection } from '@duckdb/node-api'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import Cursor from 'pg-cursor'
import { AssayError } from '../../../errors/index.ts'
import { identifier, quote } from '../../duckdb/open.ts'
import { nameColumns } from '../csv/header.ts'
import { readEnv } from '../env.ts'
import { findExactIntegers } from '../exact-integers.ts'
import type { Relation, SourceContext } from '../relation.ts'
import type { PostgresSpec } from '../spec.ts'
import { castOf, INT8, landedTypeOf } from './columns.ts'
import { connectionError, queryError } from './failures.ts'

const CONNECT_MS = 10_000
const STATEMENT_MS = 600_000
const ROWS_AT_ONCE = 1_000

/**
 * The rows of a query, in the order in which PostgreSQL gives them. It runs in a read-only transaction with a time limit and is
 * spooled through a cursor, so neither side holds all rows. Times with a zone land in UTC; numerics land as doubles; integers
 * beyond 2^53, JSON, arrays and other types as PostgreSQL's text of them.
 * @throws SOURCE_ENV_INVALID, SOURCE_UNREACHABLE, SOURCE_REFUSED, QUERY_INVALID, QUERY_FAILED
 */
export async function openPostgres(
  spec: PostgresSpec,
  context: SourceContext,
  duck: DuckDBConnection,
): Promise<Relation> {
  const { client, source } = await connect(spec, context)
  const spool = path.join(context.workDirectory, `rows-${randomUUID()}`)
  let fields: pg.FieldDef[] | undefined
  try {
    fields = await spoolRows(client, { spec, spool, maxRows: context.maxRows })
  } catch (error) {
    throw queryError(error, source, spec.query)
  } finally {
    await client.end().catch(() => {})
  }
  const empty = (reason: string) => new AssayError('SOURCE_EMPTY', { source, reason })
  if (!fields) throw empty('the query gives no rows')
  if (fields.length === 0) throw empty('the query gives no columns')
  const { names, warnings } = nameColumns(fields.map(({ name }) => name))
  const from = spooled(spool, names)
  const wide = names.filter((_, i) => fields[i].dataTypeID === INT8)
  const hugeints = `(select ${wide.map((name) => `cast(${identifier(name)} as hugeint) as ${identifier(name)}`).join(', ')} from ${from})`
  const exact = await findExactIntegers(duck, hugeints, wide)
  const columns = names.map((name, i) => {
    const isBig = fields[i].dataTypeID === INT8 && !exact.has(name)
    return { name, type: isBig ? ('text' as const) : landedTypeOf(fields[i]) }
  })
  const cells = columns.map(({ name, type }) => `${castOf(name, type)} as ${identifier(name)}`)
  return {
    facts: { kind: 'postgres', location: source, sizeBytes: null, sha256: null, query: spec.query },
    columns,
    warnings,
    select: `select ${cells.join(', ')} from ${from}`,
    explain: async (error) => (error instanceof AssayError ? error : queryError(error, source, spec.query)),
    emptyError: () => empty('the query gives no rows'),
  }
}

async function connect(spec: PostgresSpec, context: SourceContext): Promise<{ client: pg.Client; source: string }> {
  const name = spec.urlEnv
  const connectionString = readEnv(name, context)
  if (!/^postgres(ql)?:\/\//.test(connectionString) || !URL.canParse(connectionString))
    throw new AssayError('SOURCE_ENV_INVALID', {
      name,
      reason: 'is not an address such as postgres://user@host/database',
    })
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: spec.timeoutMs ?? STATEMENT_MS,
    application_name: 'assay source',
    options: '-c TimeZone=UTC -c DateStyle=ISO -c default_transaction_read_only=on',
  })
  client.on('error', () => {})
  const source = `postgres://${client.host}:${client.port}/${client.database}`
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    throw connectionError(error, source)
  }
  return { client, source }
}

type Spooling = { spec: PostgresSpec; spool: string; maxRows: number | undefined }

/** Writes the rows as CSV in which a missing cell is bare and an empty text quoted. @returns the columns, of no rows undefined */
async function spoolRows(
  client: pg.Client,
  { spec, spool, maxRows = Infinity }: Spooling,
): Promise<pg.FieldDef[] | undefined> {
  await client.query('begin read only')
  const asText = { getTypeParser: () => (text: string) => text }
  const cursor = client.query(
    new Cursor<(string | null)[]>(spec.query, [], {
      rowMode: 'array',
      types: asText as unknown as pg.CustomTypesConfig,
    }),
  )
  let fields: pg.FieldDef[] | undefined
  const lines = async function* () {
    for (let nLeft = maxRows; nLeft > 0;) {
      const { rows, result } = await read(cursor, Math.min(ROWS_AT_ONCE, nLeft))
      if (rows.length === 0) return
      fields = result!.fields
      nLeft -= rows.length
      yield rows.map((cells) => `${cells.map(lineCell).join(',')}\n`).join('')
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(spool))
  await cursor.close()
  await client.query('rollback')
  return fields
}

type Page = { rows: (string | null)[][]; result?: pg.QueryResult }

function read(cursor: Cursor<(string | null)[]>, nRows: number): Promise<Page> {
  return new Promise((resolve, reject) => {
    cursor.read(nRows, (error, rows, result) => (error ? reject(error) : resolve({ rows, result })))
  })
}

const lineCell = (cell: string | null) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)

function spooled(spool: string, names: string[]): string {
  const columns = names.map((name) => `'${quote(name)}': 'VARCHAR'`).join(', ')
  const dialect = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', nullstr = ''`
  return `read_csv('${quote(spool)}', columns = {${columns}}, ${dialect}, allow_quoted_nulls = false, max_line_size = 33554432, buffer_size = 33554432)`
}
