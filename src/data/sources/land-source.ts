import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Landed } from '../landed.ts'
import { openSource, type OpenOptions } from './open-source.ts'
import type { SourceSpec } from './spec.ts'

export type LandOptions = OpenOptions & {
  /** hears now and then how much of the source has been read; the total is null when the source cannot say */
  progress?: (doneBytes: number, totalBytes: number | null) => void
}

/**
 * Brings a source into one Parquet file in `directory` (made when missing): all its columns, its rows in their order, in bounded
 * memory. It lands whole or not at all: after an error nothing of it is left in the directory. DuckDB works inside: only child
 * processes call it.
 * @throws what the kinds of sources say: docs/sources.md
 */
export async function landSource(spec: SourceSpec, options: LandOptions): Promise<Landed> {
  await fs.mkdir(options.directory, { recursive: true })
  const source = await openSource(spec, options)
  const file = path.join(options.directory, `landed-${randomUUID()}.parquet`)
  try {
    const { sizeBytes } = source.facts
    const nRows = await source.writeParquet(file, (share) =>
      options.progress?.(Math.round(share * (sizeBytes ?? 0)), sizeBytes),
    )
    return { path: file, nRows, columns: source.schema(), source: source.facts, warnings: source.warnings }
  } catch (error) {
    await fs.rm(file, { force: true })
    throw error
  } finally {
    await source.close()
  }
}
