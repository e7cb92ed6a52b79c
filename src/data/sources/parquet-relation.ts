import type { DuckDBConnection } from '@duckdb/node-api'
import { AssayError } from '../../errors/index.ts'
import { identifier, quote } from '../duckdb/open.ts'
import type { LandedType } from '../landed.ts'
import { findExactIntegers } from './exact-integers.ts'
import { checkFile } from './file.ts'
import { hashFile } from './hash-file.ts'
import type { Relation, SourceContext } from './relation.ts'
import type { ParquetSpec } from './spec.ts'

/** @throws NOT_FOUND, FILE_UNREADABLE, PARQUET_BROKEN, SOURCE_EMPTY */
export async function openParquet(
  spec: ParquetSpec,
  context: SourceContext,
  duck: DuckDBConnection,
): Promise<Relation> {
  const file = await checkFile(spec.path, context.roots)
  if (file.sizeBytes === 0) throw new AssayError('SOURCE_EMPTY', { source: spec.path, reason: 'the file is empty' })
  const from = `read_parquet('${quote(spec.path)}')`
  const explain = async (error: unknown) => {
    if (error instanceof AssayError) return error
    const reason = (error as Error).message.split('\n')[0]
    return new AssayError('PARQUET_BROKEN', { file: spec.path, reason }, { cause: error })
  }
  const described = await duck.runAndReadAll(`describe select * from ${from}`).catch(async (error: unknown) => {
    throw await explain(error)
  })
  const fields = described.getRowsJS().map(([name, type]) => ({ name: String(name), type: String(type) }))
  const wide = fields.filter(({ type }) => WIDE.test(type)).map(({ name }) => name)
  // The file's own statistics answer.
  const exact = await findExactIntegers(duck, from, wide).catch(async (error: unknown) => {
    throw await explain(error)
  })
  const landed = fields.map((field) => ({ ...field, ...landAs(field, exact) }))
  return {
    facts: {
      kind: 'parquet',
      location: spec.path,
      sizeBytes: file.sizeBytes,
      sha256: await hashFile(spec.path),
    },
    columns: landed.map(({ name, landedType }) => ({ name, type: landedType })),
    warnings: [],
    select: `select ${landed.map(({ name, sql }) => `${sql} as ${identifier(name)}`).join(', ')} from ${from}`,
    explain,
    emptyError: () => new AssayError('SOURCE_EMPTY', { source: spec.path, reason: 'the file has columns and no rows' }),
  }
}

type Field = { name: string; type: string }

const WIDE = /^(BIGINT|UBIGINT|HUGEINT|UHUGEINT)$/

/** What a type of Parquet becomes here, and the expression that makes it so. */
function landAs({ name, type }: Field, exact: Set<string>): { landedType: LandedType; sql: string } {
  const column = identifier(name)
  if (type === 'BOOLEAN') return { landedType: 'boolean', sql: column }
  if (/^U?(TINY|SMALL)?INT(EGER)?$/.test(type) || exact.has(name))
    return { landedType: 'integer', sql: `cast(${column} as bigint)` }
  // A number that is not one is missing.
  if (type === 'FLOAT' || type === 'DOUBLE')
    return { landedType: 'number', sql: `case when not isnan(${column}) then cast(${column} as double) end` }
  if (type.startsWith('DECIMAL')) return { landedType: 'number', sql: `cast(${column} as double)` }
  if (type === 'DATE') return { landedType: 'date', sql: column }
  // The same instant, written in UTC.
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return { landedType: 'timestamp', sql: `make_timestamp(epoch_us(${column}))` }
  if (type.startsWith('TIMESTAMP')) return { landedType: 'timestamp', sql: `cast(${column} as timestamp)` }
  if (/\[\d*\]$|^(STRUCT|MAP|UNION)\(/.test(type))
    return { landedType: 'text', sql: `cast(to_json(${column}) as varchar)` }
  if (type === 'BLOB') return { landedType: 'text', sql: `to_base64(${column})` }
  return { landedType: 'text', sql: `cast(${column} as varchar)` }
}
