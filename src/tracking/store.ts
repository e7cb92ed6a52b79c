import { randomUUID } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import type { TrackedRun } from './schemas.ts'

export type RunStatus = 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED'
export type Metric = { key: string; value: number; step: number; timestamp: number }

const newId = () => randomUUID().replaceAll('-', '')

/** The experiment of this name, made if it does not exist. */
export async function getOrCreateExperiment(tx: Db | Tx, name: string): Promise<{ experimentId: string; name: string }> {
  await tx.$client.query(
    `insert into experiments (experiment_id, name, creation_time) values ($1, $2, $3) on conflict (name) do nothing`,
    [newId(), name, Date.now()],
  )
  const { rows } = await tx.$client.query('select experiment_id as "experimentId", name from experiments where name = $1', [name])
  return rows[0]
}

/** Opens a run. With a given `runId`, a second call finds the run that is there. */
export async function createRun(
  tx: Db | Tx,
  run: { experimentId: string; name: string; userId: string; tags?: Record<string, string>; runId?: string; startTime?: number },
): Promise<{ runId: string }> {
  const runId = run.runId ?? newId()
  await tx.$client.query(
    `insert into runs (run_id, experiment_id, name, user_id, status, start_time) values ($1, $2, $3, $4, 'RUNNING', $5)
     on conflict (run_id) do nothing`,
    [runId, run.experimentId, run.name, run.userId, run.startTime ?? Date.now()],
  )
  await logBatch(tx, runId, { tags: run.tags })
  return { runId }
}

/**
 * Logs parameters, metrics and tags in three statements at most.
 * @throws PARAM_CHANGED when a parameter is there with another value: parameters say what was done and never change
 */
export async function logBatch(
  tx: Db | Tx,
  runId: string,
  { params = {}, metrics = [], tags = {} }: { params?: Record<string, string>; metrics?: Metric[]; tags?: Record<string, string> },
): Promise<void> {
  if (Object.keys(params).length > 0) {
    await tx.$client.query(
      `insert into run_params (run_id, key, value) select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
      [runId, Object.keys(params), Object.values(params)],
    )
    await refuseChangedParams(tx, runId, params)
  }
  if (metrics.length > 0) {
    await tx.$client.query(
      `insert into run_metrics (run_id, key, step, timestamp, value)
       select $1, * from unnest($2::text[], $3::bigint[], $4::bigint[], $5::float8[]) on conflict do nothing`,
      [runId, metrics.map((m) => m.key), metrics.map((m) => m.step), metrics.map((m) => m.timestamp), metrics.map((m) => m.value)],
    )
  }
  if (Object.keys(tags).length > 0) {
    await tx.$client.query(
      `insert into run_tags (run_id, key, value) select $1, * from unnest($2::text[], $3::text[])
       on conflict (run_id, key) do update set value = excluded.value`,
      [runId, Object.keys(tags), Object.values(tags)],
    )
  }
}

async function refuseChangedParams(tx: Db | Tx, runId: string, params: Record<string, string>): Promise<void> {
  const { rows } = await tx.$client.query('select key, value from run_params where run_id = $1 and key = any($2)', [
    runId,
    Object.keys(params),
  ])
  const changed = rows.find((row) => row.value !== params[row.key])
  if (changed) throw new AssayError('PARAM_CHANGED', { runId, key: changed.key, old: changed.value, given: params[changed.key] })
}

export async function finishRun(tx: Db | Tx, runId: string, end: { status: RunStatus; endTime?: number }): Promise<void> {
  await tx.$client.query('update runs set status = $2, end_time = coalesce(end_time, $3) where run_id = $1', [
    runId,
    end.status,
    end.endTime ?? Date.now(),
  ])
}

const SELECT_RUN = `select r.run_id as "runId", r.experiment_id as "experimentId", e.name as experiment, r.name, r.status,
  r.user_id as "userId", r.start_time as "startTime", r.end_time as "endTime",
  (select coalesce(json_object_agg(key, value), '{}') from run_params p where p.run_id = r.run_id) as params,
  (select coalesce(json_object_agg(key, value), '{}') from run_tags t where t.run_id = r.run_id) as tags,
  (select coalesce(json_object_agg(key, value), '{}') from (
     select distinct on (key) key, value from run_metrics m where m.run_id = r.run_id order by key, step desc, timestamp desc
   ) latest) as metrics
  from runs r join experiments e using (experiment_id)`

export async function findTrackedRun(db: Db | Tx, runId: string): Promise<TrackedRun | undefined> {
  const { rows } = await db.$client.query(`${SELECT_RUN} where r.run_id = $1`, [runId])
  return rows[0]
}

/** @throws NOT_FOUND */
export async function getTrackedRun(db: Db | Tx, runId: string): Promise<TrackedRun> {
  const run = await findTrackedRun(db, runId)
  if (!run) throw new AssayError('NOT_FOUND', { what: 'Tracking run', id: runId })
  return run
}

/** Runs, newest first. @param page.offset how many to skip */
export async function listTrackedRuns(
  db: Db | Tx,
  { experiment, limit, offset }: { experiment?: string; limit: number; offset: number },
): Promise<TrackedRun[]> {
  const { rows } = await db.$client.query(
    `${SELECT_RUN} where $1::text is null or e.name = $1 order by r.start_time desc, r.run_id limit $2 offset $3`,
    [experiment ?? null, limit, offset],
  )
  return rows
}
