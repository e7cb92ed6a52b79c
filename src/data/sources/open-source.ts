import type { DuckDBConnection, JS } from '@duckdb/node-api'
import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import { openDuckDb, quote } from '../duckdb/open.ts'
import type { LandedColumn, LandedType, SourceFacts } from '../landed.ts'
import type { DatasetWarning } from '../warnings.ts'
import { openCsv } from './csv/beside.ts'
import { openHttp } from './http/http-relation.ts'
import { openJson } from './json/json-relation.ts'
import { openParquet } from './parquet-relation.ts'
import { openPostgres } from './postgres/postgres-relation.ts'
import type { Relation, SourceContext } from './relation.ts'
import type { SourceSpec } from './spec.ts'

export type OpenOptions = {
  /** an existing folder for what has to be fetched, unpacked or spilled; nothing stays in it after `close` */
  directory: string
  /** the first rows only */
  maxRows?: number
  /** the environment variables that a spec may name */
  env?: Readonly<Record<string, string | undefined>>
  /** symbolic links are followed into these folders only; without them, not at all */
  roots?: readonly string[]
}

/** A cell: a date as 2024-02-29, a timestamp as ISO-8601 in UTC, null when missing. */
export type SourceValue = string | number | boolean | null

/** Some rows, by column. */
export type SourceBatch = { nRows: number; columns: SourceValue[][] }

/** An open source. The opener owns it and closes it; it is read by one reader at a time. */
export type Source = {
  facts: SourceFacts
  warnings: DatasetWarning[]
  schema(): LandedColumn[]
  /** All rows in their order, at most 2,048 at a time. Can be asked for again, and reads again. */
  batches(): AsyncIterable<SourceBatch>
  /** Writes all rows as a Parquet file and gives their number. @throws CSV_EMPTY, SOURCE_EMPTY when there are none */
  writeParquet(file: string, progress?: (share: number) => void): Promise<number>
  close(): Promise<void>
}

/**
 * With one thread a CSV file of 1 GB takes 350 MB, with two 1,100 MB, for each has its buffers of the longest line; and it is no slower,
 * since rows have to be put in their order.
 */
const THREADS = 1
const MEMORY_MB = 512
const WIDE_COLUMNS = 500
const WIDE_MEMORY_MB = 2_048
const PROGRESS_MS = 200

/**
 * Opens a source of any kind. What its first look can find is found here: a missing file, an unknown encoding, a refused login.
 * DuckDB works inside: only child processes call it.
 * @throws what the kinds of sources say: docs/sources.md
 */
export async function openSource(spec: SourceSpec, options: OpenOptions): Promise<Source> {
  const workDirectory = await fs.mkdtemp(path.join(options.directory, 'landing-'))
  const duck = await openDuckDb({ spillDirectory: workDirectory, memoryLimitMb: MEMORY_MB, threads: THREADS })
  const close = async () => {
    duck.closeSync()
    await fs.rm(workDirectory, { recursive: true, force: true })
  }
  const { maxRows, roots, env = {} } = options
  try {
    const relation = await openRelation(spec, { workDirectory, roots, env, maxRows }, duck)
    if (relation.columns.length > WIDE_COLUMNS) await widen(duck)
    const select = maxRows === undefined ? relation.select : `${relation.select} limit ${maxRows}`
    return {
      facts: relation.facts,
      warnings: relation.warnings,
      schema: () => relation.columns,
      batches: () => readBatches(duck, select, relation),
      writeParquet: (file, progress) => copy(duck, { ...relation, select }, file, progress),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function openRelation(spec: SourceSpec, context: SourceContext, duck: DuckDBConnection): Promise<Relation> {
  if (spec.kind === 'csv') return openCsv(spec, context, duck)
  if (spec.kind === 'parquet') return openParquet(spec, context, duck)
  if (spec.kind === 'jsonl') return openJson(spec, context, duck)
  if (spec.kind === 'postgres') return openPostgres(spec, context, duck)
  return openHttp(spec, context, duck)
}

async function widen(duck: DuckDBConnection): Promise<void> {
  await duck.run(`set memory_limit = '${WIDE_MEMORY_MB}MB'`)
  // Its time grows with the square of the columns: minutes at 5,000.
  await duck.run(`set disabled_optimizers = 'common_subexpressions'`)
}

async function copy(
  duck: DuckDBConnection,
  relation: Relation,
  to: string,
  progress?: (share: number) => void,
): Promise<number> {
  const tell = () => progress?.(Math.min(Math.max(duck.progress.percentage, 0) / 100, 1))
  const timer = setInterval(tell, PROGRESS_MS)
  try {
    const result = await duck.run(`copy (${relation.select}) to '${quote(to)}' (format parquet, compression zstd)`)
    const nRows = Number((await result.getRows())[0][0])
    if (nRows === 0) throw relation.emptyError()
    progress?.(1)
    return nRows
  } catch (error) {
    // No fault of the source.
    if ((error as Error).message.includes('No space left on device'))
      throw new AssayError('STORAGE_FULL', { directory: path.dirname(to) }, { cause: error })
    throw await relation.explain(error)
  } finally {
    clearInterval(timer)
  }
}

async function* readBatches(duck: DuckDBConnection, select: string, relation: Relation): AsyncGenerator<SourceBatch> {
  const { JSDuckDBValueConverter } = await import('@duckdb/node-api')
  const types = relation.columns.map(({ type }) => type)
  try {
    for await (const chunk of await duck.stream(select)) {
      const columns = chunk.convertColumns<JS>(JSDuckDBValueConverter)
      yield { nRows: chunk.rowCount, columns: columns.map((cells, i) => cells.map((cell) => plain(cell, types[i]))) }
    }
  } catch (error) {
    throw await relation.explain(error)
  }
}

function plain(cell: JS, type: LandedType): SourceValue {
  if (cell instanceof Date) return type === 'date' ? cell.toISOString().slice(0, 10) : cell.toISOString()
  if (typeof cell === 'bigint') return Number(cell)
  return cell as SourceValue
}
