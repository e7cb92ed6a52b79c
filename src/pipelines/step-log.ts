import { withTransaction, type Db, type Tx } from '../platform/index.ts'
import type { LogLevel } from './definition.ts'

export type LogLine = { seq: number; at: string; step: string; level: LogLevel; text: string }

export const LOGS_CHANNEL = 'assay_step_logs'
const FLUSH_MS = 100
const MAX_TEXT = 8_000

export type StepLog = {
  write(level: LogLevel, text: string): void
  /** Waits until every line written so far is stored. */
  flush(): Promise<void>
}

/** Log of one step: lines are stored in batches at least every 100 ms, numbered without gaps within the run. */
export function openStepLog(db: Db, { runId, step }: { runId: string; step: string }): StepLog {
  let lines: { at: Date; level: LogLevel; text: string }[] = []
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (lines.length === 0) return writing
    const batch = lines
    lines = []
    writing = writing.then(() => withTransaction(db, (tx) => appendLogLines(tx, { runId, step, lines: batch })))
    return writing
  }

  return {
    write(level, text) {
      lines.push({ at: new Date(), level, text: text.slice(0, MAX_TEXT) })
      timer ??= setTimeout(() => void flush().catch(() => {}), FLUSH_MS)
    },
    flush,
  }
}

/** Appends lines under the lock of the run's head row, so that a lower number is never committed after a higher one. */
export async function appendLogLines(
  tx: Tx,
  { runId, step, lines }: { runId: string; step: string; lines: { at: Date; level: LogLevel; text: string }[] },
): Promise<void> {
  const head = await tx.$client.query(
    `insert into step_log_heads (run_id, last_seq) values ($1, $2)
     on conflict (run_id) do update set last_seq = step_log_heads.last_seq + excluded.last_seq returning last_seq`,
    [runId, lines.length],
  )
  const first = head.rows[0].last_seq - lines.length + 1
  await tx.$client.query(
    `insert into step_logs (run_id, seq, at, step, level, text)
     select $1, $2 + n - 1, at, $3, level, text
     from unnest($4::timestamptz[], $5::text[], $6::text[]) with ordinality as l(at, level, text, n)`,
    [runId, first, step, lines.map((l) => l.at), lines.map((l) => l.level), lines.map((l) => l.text)],
  )
  await tx.$client.query('select pg_notify($1, $2)', [LOGS_CHANNEL, runId])
}

/** Lines of a run after a number, oldest first. */
export async function readLog(
  db: Db | Tx,
  { runId, after, limit }: { runId: string; after: number; limit: number },
): Promise<LogLine[]> {
  const { rows } = await db.$client.query(
    'select seq, at, step, level, text from step_logs where run_id = $1 and seq > $2 order by seq limit $3',
    [runId, after, limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
