import { canonicalJson, withTransaction, type Db, type Tx } from '../../platform/index.ts'
import type { Measurements, Series } from '../schemas.ts'
import { createThinner, type Point, type Thinner } from './thinner.ts'

export const MEASUREMENTS_CHANNEL = 'assay_step_measurements'

const FLUSH_MS = 200
/** Of one attempt of a step; what it measures beyond them is not kept. */
const MAX_SERIES = 200

export type Measure = (series: Series, x: number, y: number) => void

export type MeasurementLog = {
  measure: Measure
  /** Waits until all that is to be kept is stored, the last point of each series included. */
  end(): Promise<void>
}

type Open = { series: Series; thinner: Thinner; points: Point[] }

/**
 * Keeps what an attempt of a step measures: stored at most five times a second, each series thinned as it grows, so that a step may
 * tell every iteration. What is not a number is left out.
 */
export function openMeasurements(db: Db, step: { runId: string; step: string; attempt: number }): MeasurementLog {
  const open = new Map<string, Open>()
  let timer: NodeJS.Timeout | undefined
  let writing = Promise.resolve()

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const chunks: Chunk[] = []
    for (const { series, points } of open.values())
      if (points.length > 0) chunks.push({ series, points: points.splice(0) })
    if (chunks.length > 0) {
      const at = new Date()
      writing = writing.then(() => withTransaction(db, (tx) => append(tx, { ...step, at, chunks })))
    }
    return writing
  }

  return {
    measure(series, x, y) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) return
      const known = find(open, series)
      if (known?.thinner.take({ x, y }) !== true) return
      known.points.push({ x, y })
      timer ??= setTimeout(() => void flush().catch(() => {}), FLUSH_MS)
    },
    end() {
      for (const { thinner, points } of open.values()) {
        const last = thinner.end()
        if (last) points.push(last)
      }
      return flush()
    },
  }
}

function find(open: Map<string, Open>, series: Series): Open | undefined {
  const key = canonicalJson(series)
  const known = open.get(key)
  if (known || open.size >= MAX_SERIES) return known
  const made = { series, thinner: createThinner(), points: [] }
  open.set(key, made)
  return made
}

type Chunk = { series: Series; points: Point[] }

/** Appends under a lock of the run's measurements, so that a lower number is never committed after a higher one. */
async function append(
  tx: Tx,
  { runId, step, attempt, at, chunks }: { runId: string; step: string; attempt: number; at: Date; chunks: Chunk[] },
): Promise<void> {
  await tx.$client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${MEASUREMENTS_CHANNEL} ${runId}`])
  await tx.$client.query(
    `insert into step_measurements (run_id, seq, step, attempt, at, series, points)
     select $1, n + (select coalesce(max(seq), 0) from step_measurements where run_id = $1), $2, $3, $4, series, points
     from unnest($5::jsonb[], $6::jsonb[]) with ordinality as chunks (series, points, n)`,
    [
      runId,
      step,
      attempt,
      at,
      chunks.map(({ series }) => JSON.stringify(series)),
      chunks.map(({ points }) => JSON.stringify(points.map(({ x, y }) => [x, y]))),
    ],
  )
  await tx.$client.query('select pg_notify($1, $2)', [MEASUREMENTS_CHANNEL, runId])
}

/** What a run measured after a number, oldest first: pieces of series in the order in which they were stored. */
export async function readMeasurements(
  db: Db | Tx,
  { runId, after, limit }: { runId: string; after: number; limit: number },
): Promise<Measurements[]> {
  const { rows } = await db.$client.query(
    `select seq, at, step, attempt, series, points from step_measurements
     where run_id = $1 and seq > $2 order by seq limit $3`,
    [runId, after, limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}
