import type { DuckDBConnection } from '@duckdb/node-api'
import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import { openDuckDb, quote } from '../duckdb/open.ts'
import type { Landed } from '../landed.ts'
import { openCsv } from './csv/csv-relation.ts'
import { openParquet } from './parquet-relation.ts'
import type { FileRelation, SourceContext } from './relation.ts'
import type { SourceSpec } from './spec.ts'

export type LandOptions = {
  /** where the Parquet file is to lie; made when missing */
  directory: string
  /** the first rows only */
  maxRows?: number
  /** hears now and then how far it is */
  progress?: (doneBytes: number, totalBytes: number | null) => void
  /** the environment variables that a spec may name */
  env?: Readonly<Record<string, string | undefined>>
  /** symbolic links are followed into these folders only; without them, not at all */
  roots?: readonly string[]
}

const MEMORY_MB = 512
const WIDE_COLUMNS = 500
const WIDE_MEMORY_MB = 2_048
const PROGRESS_MS = 200

/**
 * Brings a source into one Parquet file in `directory`, all its columns, its rows in their order, in bounded memory. It lands
 * whole or not at all: after an error nothing of it is left in the directory. DuckDB works inside: only child processes call it.
 * @throws NOT_FOUND, FILE_UNREADABLE and what the kinds of sources say: docs/sources.md
 */
export async function landSource(spec: SourceSpec, options: LandOptions): Promise<Landed> {
  await fs.mkdir(options.directory, { recursive: true })
  const workDirectory = await fs.mkdtemp(path.join(options.directory, 'landing-'))
  const duck = await openDuckDb({ spillDirectory: workDirectory, memoryLimitMb: MEMORY_MB })
  try {
    const context = { workDirectory, roots: options.roots, env: options.env ?? {} }
    const relation = await openRelation(spec, context, duck)
    const landing = path.join(workDirectory, 'landed.parquet')
    const nRows = await copy(duck, relation, landing, options)
    const landed = path.join(options.directory, `landed-${randomUUID()}.parquet`)
    await fs.rename(landing, landed)
    const { columns, facts: source, warnings } = relation
    return { path: landed, nRows, columns, source, warnings }
  } finally {
    duck.closeSync()
    await fs.rm(workDirectory, { recursive: true, force: true })
  }
}

async function openRelation(spec: SourceSpec, context: SourceContext, duck: DuckDBConnection): Promise<FileRelation> {
  if (spec.kind === 'csv') return openCsv(spec, context)
  if (spec.kind === 'parquet') return openParquet(spec, context, duck)
  throw new AssayError('OPTION_INVALID', { option: 'kind', given: spec.kind, allowed: 'csv, parquet' })
}

async function copy(
  duck: DuckDBConnection,
  relation: FileRelation,
  to: string,
  { maxRows, progress }: LandOptions,
): Promise<number> {
  if (relation.columns.length > WIDE_COLUMNS) {
    await duck.run(`set threads = 1; set memory_limit = '${WIDE_MEMORY_MB}MB'`)
    // Its time grows with the square of the columns: minutes at 5,000.
    await duck.run(`set disabled_optimizers = 'common_subexpressions'`)
  }
  const { sizeBytes } = relation.facts
  const timer = setInterval(() => {
    const share = Math.min(Math.max(duck.progress.percentage, 0) / 100, 1)
    progress?.(Math.round(share * (sizeBytes ?? 0)), sizeBytes)
  }, PROGRESS_MS)
  try {
    const limited = maxRows === undefined ? relation.select : `${relation.select} limit ${maxRows}`
    const result = await duck.run(`copy (${limited}) to '${quote(to)}' (format parquet, compression zstd)`)
    const nRows = Number((await result.getRows())[0][0])
    if (nRows === 0) throw relation.emptyError()
    progress?.(sizeBytes ?? 0, sizeBytes)
    return nRows
  } catch (error) {
    throw await relation.explain(error)
  } finally {
    clearInterval(timer)
  }
}
