import { AssayError } from '../errors/index.ts'
import type { Tx } from '../platform/index.ts'
import { checkKeys, checkValues, storedMetric } from './values.ts'

export type MetricPoint = {
  key: string
  /** any double; see `storedMetric` for what becomes of non-finite ones */
  value: number
  /** 0 unless given */
  step?: number
  /** milliseconds; the start of the run unless given, so that a repeated body logs the same points */
  timestamp?: number
}

export type Batch = {
  /** numbers and booleans are kept as their text */
  params?: Record<string, string | number | boolean>
  metrics?: MetricPoint[]
  tags?: Record<string, string>
}

/**
 * Logs params, metric points and tags of a run, in three statements at most. Logging the same again changes nothing: a param
 * is written once, a point is a point, a tag is overwritten.
 * @throws NOT_FOUND for an unknown run, PARAM_CHANGED when a param has another value already, TRACKING_INVALID for keys or
 * values out of MLflow's limits. Nothing of the batch stays when the caller's transaction ends with the error.
 */
export async function logBatch(tx: Tx, runId: string, batch: Batch): Promise<void> {
  const params = Object.fromEntries(Object.entries(batch.params ?? {}).map(([key, value]) => [key, String(value)]))
  const { metrics = [], tags = {} } = batch
  checkKeys('param', Object.keys(params))
  checkValues('param', params)
  checkKeys('metric', new Set(metrics.map((point) => point.key)))
  checkKeys('tag', Object.keys(tags))
  checkValues('tag', tags)

  const startTimeMs = await startOfRun(tx, runId)
  if (Object.keys(params).length > 0) await insertParams(tx, runId, params)
  if (metrics.length > 0) await insertMetrics(tx, runId, { points: metrics, startTimeMs })
  if (Object.keys(tags).length > 0) await setTags(tx, runId, tags)
}

async function startOfRun(tx: Tx, runId: string): Promise<number> {
  const { rows } = await tx.$client.query('select start_time_ms from runs where run_id = $1', [runId])
  if (rows.length === 0) throw new AssayError('NOT_FOUND', { what: 'Run', id: runId })
  return rows[0].start_time_ms
}

async function insertParams(tx: Tx, runId: string, params: Record<string, string>): Promise<void> {
  const keys = Object.keys(params)
  // Rows of a batch are taken in the order of their keys everywhere, so that two batches never wait for each other in a circle.
  const inserted = await tx.$client.query(
    `insert into run_params (run_id, key, value)
     select $1, key, value from unnest($2::text[], $3::text[]) as given (key, value) order by key
     on conflict do nothing`,
    [runId, keys, Object.values(params)],
  )
  if (inserted.rowCount === keys.length) return
  const { rows } = await tx.$client.query('select key, value from run_params where run_id = $1 and key = any($2)', [
    runId,
    keys,
  ])
  const changed = rows.find((row) => row.value !== params[row.key])
  if (changed)
    throw new AssayError('PARAM_CHANGED', { key: changed.key, runId, old: changed.value, given: params[changed.key] })
}

async function insertMetrics(
  tx: Tx,
  runId: string,
  { points, startTimeMs }: { points: MetricPoint[]; startTimeMs: number },
): Promise<void> {
  await tx.$client.query(
    `with points as (
       select * from unnest($2::text[], $3::bigint[], $4::bigint[], $5::float8[]) as p (key, step, timestamp_ms, value)
     ), logged as (
       insert into run_metrics (run_id, key, step, timestamp_ms, value)
       select $1, key, step, timestamp_ms, value from points order by key, step, timestamp_ms, value
       on conflict do nothing
     )
     insert into run_latest_metrics as latest (run_id, key, step, timestamp_ms, value)
     select distinct on (key) $1, key, step, timestamp_ms, value from points
     order by key, step desc, timestamp_ms desc, value desc
     on conflict (run_id, key) do update
       set step = excluded.step, timestamp_ms = excluded.timestamp_ms, value = excluded.value
       where (excluded.step, excluded.timestamp_ms, excluded.value) > (latest.step, latest.timestamp_ms, latest.value)`,
    [
      runId,
      points.map((point) => point.key),
      points.map((point) => point.step ?? 0),
      points.map((point) => point.timestamp ?? startTimeMs),
      points.map((point) => storedMetric(point.value)),
    ],
  )
}

/** Sets tags of a run that exists; the last value stays. */
export async function setTags(tx: Tx, runId: string, tags: Record<string, string>): Promise<void> {
  await tx.$client.query(
    `insert into run_tags as tag (run_id, key, value)
     select $1, key, value from unnest($2::text[], $3::text[]) as given (key, value) order by key
     on conflict (run_id, key) do update set value = excluded.value where tag.value <> excluded.value`,
    [runId, Object.keys(tags), Object.values(tags)],
  )
}
