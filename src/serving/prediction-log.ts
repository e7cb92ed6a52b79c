import { DatabaseError, Pool } from 'pg'
import { AssayError } from '../errors/index.ts'
import type { Connection } from '../platform/index.ts'
import type { Decision } from './decision.ts'
import { GroupCommit } from './group-commit.ts'

export type VariantRole = 'champion' | 'staging' | 'shadow'
export type PredictionSource = 'api' | 'stream' | 'staging'

/** One line of the log. A shadow's line has no input of its own and may hold an error instead of a score. */
export type LoggedPrediction = {
  id: string
  atMs: number
  model: string
  version: string
  variant: VariantRole
  source: PredictionSource
  actor: string
  /** canonical JSON of the input as given, under the subject's key or the day's; null for a shadow */
  sealed: Buffer | null
  /** pseudonym of whom the input is about */
  subject: string | null
  /** keyed digest of that JSON, hex */
  inputDigest: string
  score: number | null
  decision: Decision | null
  /** time the scoring of its request took */
  latencyUs: number
  /** the prediction a shadow mirrors */
  mirrors: string | null
  error: string | null
}

export type PredictionLogOptions = {
  connection: Connection
  /** rows waiting or being written at most (default 20,000), then 503 */
  maxRows?: number
  /** their size at most (default 64 MiB), then 503 */
  maxBytes?: number
  /** a write not confirmed within this is given up: its answers are errors, whatever became of it (default 5 s) */
  writeTimeoutMs?: number
}

const WINDOW_MS = 2
const N_CONNECTIONS = 2
/** Turning so many rows into one statement takes about 1 ms of the event loop. */
const MAX_ROWS_PER_WRITE = 250
const ROW_OVERHEAD_BYTES = 400

const INSERT = {
  name: 'log-predictions',
  text: `insert into predictions (id, at, model, version, variant, source, actor, sealed, subject, input_digest, score, decision,
           latency_us, mirrors, error)
         select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
           $8::bytea[], $9::text[], $10::text[], $11::float8[], $12::text[], $13::integer[], $14::uuid[], $15::text[])`,
}

/**
 * The durable log of predictions. `append` resolves after the commit and not before; requests that arrive within 2 ms share one
 * insert and one fsync on two connections that nothing else uses.
 */
export type PredictionLog = {
  /** @throws PREDICTION_LOG_FULL, PREDICTION_LOG_UNAVAILABLE: nothing was acknowledged, the caller may try again. */
  append(rows: LoggedPrediction[]): Promise<void>
  checkRoom(nRows: number): void
  /** how full the buffer is, 0..1 */
  readonly fill: number
  /** Waits for what is under way, then closes both connections. */
  close(): Promise<void>
}

export function openPredictionLog(options: PredictionLogOptions): PredictionLog {
  const writeTimeoutMs = options.writeTimeoutMs ?? 5_000
  const pool = new Pool({
    ...options.connection,
    max: N_CONNECTIONS,
    application_name: 'assay prediction log',
    connectionTimeoutMillis: writeTimeoutMs,
    query_timeout: writeTimeoutMs,
    keepAlive: true,
    // An acknowledged prediction survives a crash of the server, whatever the server's default.
    onConnect: async (client) => {
      await client.query('set synchronous_commit = on')
    },
  })
  // The pool replaces a connection that breaks while idle; without a listener it would end the process.
  pool.on('error', () => {})

  const commits = new GroupCommit<LoggedPrediction>({
    write: async (rows) => {
      await pool.query({ ...INSERT, values: columnsOf(rows) })
    },
    isRowFault: isDataError,
    windowMs: WINDOW_MS,
    nWriters: N_CONNECTIONS,
    maxRowsPerWrite: MAX_ROWS_PER_WRITE,
    maxRows: options.maxRows ?? 20_000,
    maxBytes: options.maxBytes ?? 64 * 2 ** 20,
  })
  return {
    async append(rows) {
      let sizeBytes = 0
      for (const row of rows) sizeBytes += ROW_OVERHEAD_BYTES + (row.sealed?.length ?? 0)
      try {
        await commits.append(rows, sizeBytes)
      } catch (cause) {
        if (cause instanceof AssayError) throw cause
        const reason = cause instanceof Error ? cause.message : String(cause)
        throw new AssayError('PREDICTION_LOG_UNAVAILABLE', { reason, retryAfterSeconds: 1 }, { cause })
      }
    },
    checkRoom: (nRows) => commits.checkRoom(nRows),
    get fill() {
      return commits.fill
    },
    async close() {
      await commits.drain()
      await pool.end()
    },
  }
}

function columnsOf(rows: LoggedPrediction[]): unknown[] {
  const column = (name: keyof LoggedPrediction) => rows.map((row) => row[name])
  return [
    column('id'),
    rows.map((row) => new Date(row.atMs).toISOString()),
    column('model'),
    column('version'),
    column('variant'),
    column('source'),
    column('actor'),
    column('sealed'),
    column('subject'),
    column('inputDigest'),
    column('score'),
    column('decision'),
    column('latencyUs'),
    column('mirrors'),
    column('error'),
  ]
}

/** SQLSTATE classes 22 (data exception) and 23 (constraint): PostgreSQL refused a row; the connection and the rest are well. */
function isDataError(error: unknown): boolean {
  return error instanceof DatabaseError && /^2[23]/.test(error.code ?? '')
}
