import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import type { GateResult } from '../gates/index.ts'
import type { DefinitionSnapshot } from './definition.ts'
import type { PlannedRun } from './plan.ts'
import type { RunState, StepFailure, StepProgress, StepState } from './states.ts'
import type { RunCommit } from './tables.ts'

export type RunRow = {
  id: string
  pipeline: string
  definition: DefinitionSnapshot
  project: string
  configuration: Record<string, unknown>
  model: string
  state: RunState
  trigger: string
  actor: string
  commit: RunCommit | null
  untilGroup: string | null
  cancelRequested: boolean
  waitingFor: string | null
  failure: (StepFailure & { step: string }) | null
  facts: Record<string, string>
  createdAt: Date
  finishedAt: Date | null
}

export type StepRow = {
  runId: string
  name: string
  state: StepState
  attempt: number
  inputHash: string | null
  outputs: Record<string, unknown> | null
  gates: GateResult[]
  progress: StepProgress | null
  error: StepFailure | null
  startedAt: Date | null
  finishedAt: Date | null
}

const RUN_COLUMNS = `id, pipeline, definition, project, configuration, model, state, trigger, actor, commit,
  until_group as "untilGroup", cancel_requested as "cancelRequested", waiting_for as "waitingFor", failure, facts,
  created_at as "createdAt", finished_at as "finishedAt"`
const STEP_COLUMNS = `run_id as "runId", name, state, attempt, input_hash as "inputHash", outputs, gates, progress, error,
  started_at as "startedAt", finished_at as "finishedAt"`

export async function findRun(db: Db | Tx, id: string): Promise<RunRow | undefined> {
  const { rows } = await db.$client.query(`select ${RUN_COLUMNS} from pipeline_runs where id = $1`, [id])
  return rows[0]
}

export async function getRun(db: Db | Tx, id: string): Promise<RunRow> {
  const run = await findRun(db, id)
  if (!run) throw new AssayError('NOT_FOUND', { what: 'Pipeline run', id })
  return run
}

/** The run, locked until the transaction ends: whatever changes a run's course holds this lock. */
export async function lockRun(tx: Tx, id: string): Promise<RunRow> {
  const { rows } = await tx.$client.query(`select ${RUN_COLUMNS} from pipeline_runs where id = $1 for update`, [id])
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Pipeline run', id })
  return rows[0]
}

/** The run that first made a dataset version of its source; undefined where none is known. */
export async function findSourceRun(db: Db | Tx, datasetVersion: string): Promise<RunRow | undefined> {
  const { rows } = await db.$client.query(
    `select ${RUN_COLUMNS} from pipeline_runs
     where facts ->> 'datasetVersion' = $1 and configuration -> 'data' ->> 'kind' <> 'dataset' order by created_at limit 1`,
    [datasetVersion],
  )
  return rows[0]
}

/** What the steps of every run over a dataset version gave out, as JSON texts. */
export async function listDatasetOutputs(db: Db | Tx, datasetVersion: string): Promise<string[]> {
  const { rows } = await db.$client.query<{ outputs: string }>(
    `select s.outputs::text as outputs from pipeline_steps s join pipeline_runs r on r.id = s.run_id
     where r.facts ->> 'datasetVersion' = $1 and s.outputs is not null`,
    [datasetVersion],
  )
  return rows.map(({ outputs }) => outputs)
}

/** Runs, newest first, before `cursor` (a run's id; ids are ordered by time). */
export async function listRuns(
  db: Db | Tx,
  { limit, cursor, state, pipeline }: { limit: number; cursor?: string; state?: RunState; pipeline?: string },
): Promise<RunRow[]> {
  const { rows } = await db.$client.query(
    `select ${RUN_COLUMNS} from pipeline_runs
     where ($2::text is null or id < $2) and ($3::text is null or state = $3) and ($4::text is null or pipeline = $4)
     order by id desc limit $1`,
    [limit, cursor ?? null, state ?? null, pipeline ?? null],
  )
  return rows
}

export async function insertRun(tx: Tx, run: Omit<RunRow, 'finishedAt' | 'createdAt'>): Promise<void> {
  await tx.$client.query(
    `insert into pipeline_runs (id, pipeline, definition, project, configuration, model, state, trigger, actor, commit, until_group)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      run.id,
      run.pipeline,
      JSON.stringify(run.definition),
      run.project,
      JSON.stringify(run.configuration),
      run.model,
      run.state,
      run.trigger,
      run.actor,
      run.commit && JSON.stringify(run.commit),
      run.untilGroup,
    ],
  )
  await tx.$client.query(`insert into pipeline_steps (run_id, name, state) select $1, unnest($2::text[]), 'pending'`, [
    run.id,
    run.definition.steps.map((step) => step.name),
  ])
}

export async function listSteps(db: Db | Tx, runId: string): Promise<StepRow[]> {
  const { rows } = await db.$client.query(`select ${STEP_COLUMNS} from pipeline_steps where run_id = $1`, [runId])
  return rows
}

export async function getStep(db: Db | Tx, runId: string, name: string): Promise<StepRow> {
  const { rows } = await db.$client.query(
    `select ${STEP_COLUMNS} from pipeline_steps where run_id = $1 and name = $2`,
    [runId, name],
  )
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Step', id: `${name} of run ${runId}` })
  return rows[0]
}

const JSON_COLUMNS = new Set(['outputs', 'gates', 'progress', 'error', 'failure', 'facts'])
const COLUMN_NAMES: Record<string, string> = {
  inputHash: 'input_hash',
  startedAt: 'started_at',
  finishedAt: 'finished_at',
  untilGroup: 'until_group',
  cancelRequested: 'cancel_requested',
  waitingFor: 'waiting_for',
}

export async function updateStep(
  db: Db | Tx,
  { runId, name }: { runId: string; name: string },
  changes: Partial<Omit<StepRow, 'runId' | 'name'>>,
): Promise<void> {
  const { assignments, values } = assign(changes, 3)
  await db.$client.query(`update pipeline_steps set ${assignments} where run_id = $1 and name = $2`, [
    runId,
    name,
    ...values,
  ])
}

export async function updateRun(db: Db | Tx, id: string, changes: Partial<Omit<RunRow, 'id'>>): Promise<void> {
  const { assignments, values } = assign(changes, 2)
  await db.$client.query(`update pipeline_runs set ${assignments} where id = $1`, [id, ...values])
}

function assign(changes: Record<string, unknown>, first: number): { assignments: string; values: unknown[] } {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined)
  return {
    assignments: entries.map(([name], i) => `${COLUMN_NAMES[name] ?? name} = $${first + i}`).join(', '),
    values: entries.map(([name, value]) => (JSON_COLUMNS.has(name) && value !== null ? JSON.stringify(value) : value)),
  }
}

/** What the pure plan needs to know of a run. */
export function plannedRun(run: RunRow, steps: StepRow[]): PlannedRun {
  return {
    definition: run.definition,
    untilGroup: run.untilGroup,
    cancelRequested: run.cancelRequested,
    states: Object.fromEntries(steps.map((step) => [step.name, step.state])),
  }
}

export type AttemptRow = {
  attempt: number
  state: StepState
  startedAt: Date
  finishedAt: Date | null
  error: StepFailure | null
}

export async function listAttempts(db: Db | Tx, runId: string, step: string): Promise<AttemptRow[]> {
  const { rows } = await db.$client.query(
    `select attempt, state, started_at as "startedAt", finished_at as "finishedAt", error from step_attempts
     where run_id = $1 and step = $2 order by attempt`,
    [runId, step],
  )
  return rows
}

/** Opens the attempt's row, or finds it open when an attempt is delivered again after a crash. */
export async function recordAttempt(tx: Tx, step: StepRow, startedAt: Date): Promise<void> {
  await tx.$client.query(
    `insert into step_attempts (run_id, step, attempt, state, started_at) values ($1, $2, $3, 'running', $4)
     on conflict do nothing`,
    [step.runId, step.name, step.attempt, startedAt],
  )
}

export async function closeAttempt(tx: Tx, step: StepRow, state: StepState, error: StepFailure | null): Promise<void> {
  await tx.$client.query(
    `update step_attempts set state = $4, finished_at = now(), error = $5 where run_id = $1 and step = $2 and attempt = $3`,
    [step.runId, step.name, step.attempt, state, error && JSON.stringify(error)],
  )
}

/** Median duration of the last ten succeeded runs of a pipeline, in milliseconds; undefined before the first. */
export async function medianDurationMs(db: Db | Tx, pipeline: string): Promise<number | undefined> {
  const { rows } = await db.$client.query(
    `select percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at) * 1000) as ms
     from (select * from pipeline_runs where pipeline = $1 and state = 'succeeded' order by id desc limit 10) r`,
    [pipeline],
  )
  return rows[0].ms ?? undefined
}
