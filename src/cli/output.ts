import { AssayError, exitCode } from '../errors/index.ts'
import { Refusal } from './client.ts'

/** Where a command writes: results to `out`, everything else to `err`. */
export type Output = {
  isJson: boolean
  isTerminal: boolean
  /** The result of the command: one JSON object with `--json`, else the text. */
  result(value: unknown, text: string): void
  /** What goes on meanwhile, for people. */
  note(text: string): void
  /** A line that replaces the one before it on a terminal; elsewhere it is left out. */
  progress(text: string): void
}

export type Streams = {
  out: { write(text: string): unknown }
  err: { write(text: string): unknown; isTTY?: boolean; columns?: number }
}

const CLEAR_LINE = '\r\u001B[K'

export function createOutput({ out, err }: Streams, isJson: boolean): Output {
  const isTerminal = err.isTTY === true
  let hasProgress = false
  const clear = () => {
    if (hasProgress) err.write(CLEAR_LINE)
    hasProgress = false
  }
  return {
    isJson,
    isTerminal,
    result(value, text) {
      clear()
      out.write(`${isJson ? JSON.stringify(value) : text}\n`)
    },
    note(text) {
      clear()
      err.write(`${text}\n`)
    },
    progress(text) {
      if (!isTerminal) return
      err.write(CLEAR_LINE + text.slice(0, (err.columns ?? 80) - 1))
      hasProgress = true
    },
  }
}

/** Tells how a command failed. @returns its exit code */
export function reportFailure(error: unknown, { out, err }: Streams, isJson: boolean): number {
  const { code, message, exit, faults } = describe(error)
  if (isJson) out.write(`${JSON.stringify({ error: { code, message, ...(faults.length > 0 ? { faults } : {}) } })}\n`)
  err.write(`assay: ${message} (${code})\n`)
  for (const fault of faults.slice(0, MOST_FAULTS)) err.write(`  ${faultLine(fault)}\n`)
  if (faults.length > MOST_FAULTS) err.write(`  and ${faults.length - MOST_FAULTS} more; --json lists them\n`)
  if (code === 'INTERNAL' && error instanceof Error) err.write(`${error.stack}\n`)
  return exit
}

const MOST_FAULTS = 10

function faultLine(fault: unknown): string {
  const { path, given, wanted, row, message } = fault as Record<string, string | number | undefined>
  if (message !== undefined) return `row ${row ?? '-'}: ${message}`
  return `${path}: ${given === undefined ? '' : `given ${given}; `}wanted ${wanted}`
}

function describe(error: unknown): { code: string; message: string; exit: number; faults: unknown[] } {
  if (error instanceof Refusal) return { ...error, message: error.message, exit: error.exitCode }
  if (error instanceof AssayError) {
    return { code: error.code, message: error.message, exit: exitCode[error.kind], faults: [] }
  }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error), exit: 1, faults: [] }
}

/** Columns side by side, numbers to the right. The first row is the head. */
export function formatTable(rows: (string | number | null)[][]): string {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '-')))
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)))
  const isRight = widths.map((_, column) => rows.slice(1).every((row) => typeof row[column] === 'number'))
  return cells
    .map((row) =>
      row
        .map((cell, column) => (isRight[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 03 min`. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '-'
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = ms / 1_000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}
