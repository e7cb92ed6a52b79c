import { and, eq, ne } from 'drizzle-orm'
import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import { setTags } from './log-batch.ts'
import { pageCursor, parseCursor } from './page-cursor.ts'
import { experiments, runs, type LifecycleStage, type RunStatus } from './tables.ts'
import { checkKeys, checkRunId, checkValues, newRunId } from './values.ts'

/** A tracking run with what was logged to it. Metrics are the latest of each key. */
export type Run = {
  runId: string
  experimentId: string
  experiment: string
  name: string
  status: RunStatus
  lifecycleStage: LifecycleStage
  userId: string
  /** milliseconds since 1970 */
  startTimeMs: number
  endTimeMs: number | null
  params: Record<string, string>
  /** NaN is possible, infinities are not */
  metrics: Record<string, number>
  tags: Record<string, string>
}

export type NewRun = {
  experimentId: string
  name: string
  /** "unknown" unless given, as in MLflow */
  userId?: string
  tags?: Record<string, string>
  /** 32 hex digits; a call with the id of a run that exists answers that run and changes nothing */
  runId?: string
  /** now unless given */
  startTimeMs?: number
}

/**
 * Starts a run, idempotent by `runId`. The tag `mlflow.runName` carries the name, as MLflow's clients expect.
 * @throws NOT_FOUND for an unknown experiment, RUN_ID_TAKEN when the id belongs to a run of another experiment.
 */
export async function createRun(tx: Tx, run: NewRun): Promise<Run> {
  const tags = { ...run.tags, 'mlflow.runName': run.name }
  checkKeys('tag', Object.keys(tags))
  checkValues('tag', tags)
  if (run.runId !== undefined) checkRunId(run.runId)
  const [experiment] = await tx.select().from(experiments).where(eq(experiments.experimentId, run.experimentId))
  if (!experiment) throw new AssayError('NOT_FOUND', { what: 'Experiment', id: run.experimentId })

  const [created] = await tx
    .insert(runs)
    .values({
      runId: run.runId ?? newRunId(),
      experimentId: run.experimentId,
      name: run.name,
      status: 'RUNNING',
      userId: run.userId ?? 'unknown',
      startTimeMs: run.startTimeMs ?? Date.now(),
    })
    .onConflictDoNothing({ target: runs.runId })
    .returning({ runId: runs.runId })
  if (created) {
    await setTags(tx, created.runId, tags)
    return getRun(tx, created.runId)
  }
  const existing = await getRun(tx, run.runId!)
  if (existing.experimentId !== run.experimentId)
    throw new AssayError('RUN_ID_TAKEN', {
      runId: existing.runId,
      experiment: existing.experiment,
      given: experiment.name,
    })
  return existing
}

/**
 * Ends a run. Ending it the same way again keeps the first end time.
 * @throws NOT_FOUND for an unknown run.
 */
export async function finishRun(
  tx: Db | Tx,
  runId: string,
  end: { status: Exclude<RunStatus, 'RUNNING'>; endTimeMs?: number },
): Promise<void> {
  const changed = await tx
    .update(runs)
    .set({ status: end.status, endTimeMs: end.endTimeMs ?? Date.now() })
    .where(and(eq(runs.runId, runId), ne(runs.status, end.status)))
  if (changed.rowCount === 0) await getRun(tx, runId)
}

/** The run, or undefined. */
export async function findRun(db: Db | Tx, runId: string): Promise<Run | undefined> {
  const { rows } = await db.$client.query(`${selectRuns} where run.run_id = $1`, [runId])
  return rows.map(toRun)[0]
}

/** @throws NOT_FOUND */
export async function getRun(db: Db | Tx, runId: string): Promise<Run> {
  const run = await findRun(db, runId)
  if (!run) throw new AssayError('NOT_FOUND', { what: 'Run', id: runId })
  return run
}

/**
 * Active runs, newest start first, a page at a time.
 * @param options.experiment only runs of the experiment of this name
 * @param options.limit rows of a page, at least 1
 * @param options.cursor `nextCursor` of the page before
 * @returns `nextCursor` is null on the last page
 * @throws CURSOR_INVALID for a cursor that was not made here
 */
export async function listRuns(
  db: Db | Tx,
  options: { experiment?: string; limit: number; cursor?: string },
): Promise<{ items: Run[]; nextCursor: string | null }> {
  const after = options.cursor === undefined ? undefined : parseCursor(options.cursor)
  const { rows } = await db.$client.query(
    `${selectRuns}
     where run.lifecycle_stage = 'active'
       and ($1::text is null or experiment.name = $1)
       and ($2::bigint is null or (run.start_time_ms, run.run_id) < ($2, $3))
     order by run.start_time_ms desc, run.run_id desc limit $4`,
    [options.experiment ?? null, after?.startTimeMs ?? null, after?.runId ?? null, options.limit + 1],
  )
  const items: Run[] = rows.slice(0, options.limit).map(toRun)
  return { items, nextCursor: rows.length > options.limit ? pageCursor(items.at(-1)!) : null }
}

const logged = (table: string) =>
  `(select coalesce(jsonb_object_agg(logged.key, logged.value), '{}') from ${table} logged where logged.run_id = run.run_id)`

const selectRuns = `
  select run.*, experiment.name as experiment,
    ${logged('run_params')} as params, ${logged('run_latest_metrics')} as metrics, ${logged('run_tags')} as tags
  from runs run join experiments experiment on experiment.experiment_id = run.experiment_id`

// oxlint-disable-next-line typescript/no-explicit-any -- a row as the driver gives it
function toRun(row: any): Run {
  return {
    runId: row.run_id,
    experimentId: row.experiment_id,
    experiment: row.experiment,
    name: row.name,
    status: row.status,
    lifecycleStage: row.lifecycle_stage,
    userId: row.user_id,
    startTimeMs: row.start_time_ms,
    endTimeMs: row.end_time_ms,
    params: row.params,
    // PostgreSQL writes NaN into JSON as the string "NaN".
    metrics: Object.fromEntries(Object.entries(row.metrics).map(([key, value]) => [key, Number(value)])),
    tags: row.tags,
  }
}
