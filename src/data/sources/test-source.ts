import { setTimeout } from 'node:timers/promises'
import { AssayError } from '../../errors/index.ts'
import type { LandedColumn, SourceFacts } from '../landed.ts'
import type { DatasetWarning } from '../warnings.ts'
import { openSource, type OpenOptions, type Source, type SourceValue } from './open-source.ts'
import type { SourceSpec } from './spec.ts'

/** What a look at a source finds: what it holds, or why it cannot be read. */
export type SourceTest =
  | { isReadable: true; facts: SourceFacts; columns: LandedColumn[]; rows: SourceValue[][]; warnings: DatasetWarning[] }
  | { isReadable: false; code: string; message: string }

const ROWS = 5
const DEADLINE_MS = 30_000
/** Of one query or request: a test that hangs tells nothing. */
const STEP_MS = 10_000

/**
 * Opens a source, reads its columns and first five rows, and closes it again. What is wrong with the source is an answer, not an
 * exception; it names host, port, place in the query or in the file, and no credential. DuckDB works inside: only child processes
 * call it.
 * @param options `deadlineMs` bounds the whole test, 30 s when left out
 */
export async function testSource(
  spec: SourceSpec,
  options: Omit<OpenOptions, 'maxRows'> & { deadlineMs?: number },
): Promise<SourceTest> {
  const { deadlineMs = DEADLINE_MS, ...opening } = options
  const timer = new AbortController()
  const looking = look(hasten(spec), { ...opening, maxRows: ROWS })
  const late = setTimeout(deadlineMs, undefined, { signal: timer.signal }).then(() => {
    throw new AssayError('SOURCE_SLOW', { kind: spec.kind, deadlineMs })
  })
  // Whichever comes second is nobody's any more.
  looking.catch(() => {})
  late.catch(() => {})
  try {
    return await Promise.race([looking, late])
  } catch (error) {
    if (error instanceof AssayError && error.kind !== 'internal')
      return { isReadable: false, code: error.code, message: error.message }
    throw error
  } finally {
    timer.abort()
  }
}

async function look(spec: SourceSpec, options: OpenOptions): Promise<SourceTest> {
  const source = await openSource(spec, options)
  try {
    const { facts, warnings } = source
    return { isReadable: true, facts, columns: source.schema(), rows: await firstRows(source), warnings }
  } finally {
    await source.close()
  }
}

async function firstRows(source: Source): Promise<SourceValue[][]> {
  const rows: SourceValue[][] = []
  for await (const { nRows, columns } of source.batches())
    for (let row = 0; row < nRows; row++) rows.push(columns.map((cells) => cells[row]))
  return rows
}

function hasten(spec: SourceSpec): SourceSpec {
  if (spec.kind === 'postgres') return { ...spec, timeoutMs: Math.min(spec.timeoutMs ?? STEP_MS, STEP_MS) }
  if (spec.kind === 'http') return { ...spec, timeoutMs: Math.min(spec.timeoutMs ?? STEP_MS, STEP_MS), retries: 0 }
  return spec
}
