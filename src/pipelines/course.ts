import { emitEvent, type Engine, type Tx } from '../platform/index.ts'
import { canContinue, readySteps, runState } from './plan.ts'
import { isDone, isFinal, type StepFailure } from './states.ts'
import {
  closeAttempt,
  getStep,
  insertRun,
  listSteps,
  lockRun,
  plannedRun,
  updateRun,
  updateStep,
  type RunRow,
  type StepRow,
} from './store.ts'
import { AssayError } from '../errors/index.ts'

export const STEP_TASK = 'pipeline-step'
export const CANCEL_CHANNEL = 'assay_run_cancel'

/** Enqueues what may start now and brings the run's own state up to date. The caller holds the run's lock. */
export async function advance(tx: Tx, engine: Pick<Engine, 'enqueue'>, runId: string): Promise<void> {
  const run = await lockRun(tx, runId)
  const steps = await listSteps(tx, runId)
  for (const name of readySteps(plannedRun(run, steps))) {
    const step = steps.find((candidate) => candidate.name === name)!
    step.state = 'queued'
    step.attempt += 1
    await updateStep(
      tx,
      { runId, name },
      { state: 'queued', attempt: step.attempt, error: null, progress: null, finishedAt: null },
    )
    await engine.enqueue(tx, {
      id: `${runId}/${name}/${step.attempt}`,
      task: STEP_TASK,
      args: { runId, step: name, attempt: step.attempt },
    })
  }
  const state = runState(plannedRun(run, steps))
  const waiting = steps.find((step) => step.state === 'waiting')
  await updateRun(tx, runId, {
    state,
    waitingFor: state === 'waiting' ? waiting!.name : null,
    finishedAt: isFinal(state) ? new Date() : null,
  })
  if (state !== run.state) {
    await emitEvent(tx, {
      type: `run.${state}`,
      actor: run.actor,
      object: `run:${runId}`,
      data: {
        pipeline: run.pipeline,
        model: run.model,
        ...(run.failure && state === 'failed' ? { step: run.failure.step } : {}),
      },
    })
  }
}

/** Starts a run: its rows, its event and its first steps come to be in one transaction, or not at all. */
export async function startRun(
  tx: Tx,
  engine: Pick<Engine, 'enqueue'>,
  run: Omit<RunRow, 'finishedAt' | 'createdAt' | 'state' | 'cancelRequested' | 'waitingFor' | 'failure' | 'facts'>,
): Promise<void> {
  await insertRun(tx, { ...run, state: 'pending', cancelRequested: false, waitingFor: null, failure: null, facts: {} })
  await emitEvent(tx, {
    type: 'run.started',
    actor: run.actor,
    object: `run:${run.id}`,
    data: { pipeline: run.pipeline, model: run.model, trigger: run.trigger },
  })
  await advance(tx, engine, run.id)
}

/** Opens the groups that a run was started without. */
export async function continueRun(tx: Tx, engine: Pick<Engine, 'enqueue'>, runId: string): Promise<void> {
  const run = await lockRun(tx, runId)
  if (!canContinue(plannedRun(run, await listSteps(tx, runId))))
    throw new AssayError('RUN_NOT_CONTINUABLE', { runId, state: run.state })
  await updateRun(tx, runId, { untilGroup: null })
  await advance(tx, engine, runId)
}

/** Lets the failed or cancelled steps of a run start again; what is done stays done. */
export async function retryRun(tx: Tx, engine: Pick<Engine, 'enqueue'>, runId: string): Promise<void> {
  const run = await lockRun(tx, runId)
  if (run.state !== 'failed' && run.state !== 'cancelled')
    throw new AssayError('RUN_NOT_RETRYABLE', { runId, state: run.state })
  for (const step of await listSteps(tx, runId)) {
    if (isDone(step.state)) continue
    await updateStep(tx, { runId, name: step.name }, { state: 'pending', error: null, progress: null, gates: [] })
  }
  await updateRun(tx, runId, { cancelRequested: false, failure: null })
  await advance(tx, engine, runId)
}

/**
 * Cancels a run: what has not started never will, what runs is told to stop (NOTIFY; every running step also polls) and ends
 * as cancelled by itself.
 */
export async function cancelRun(
  tx: Tx,
  engine: Pick<Engine, 'enqueue'>,
  { runId, actor }: { runId: string; actor: string },
) {
  const run = await lockRun(tx, runId)
  if (isFinal(run.state)) throw new AssayError('RUN_FINISHED', { runId, state: run.state })
  await updateRun(tx, runId, { cancelRequested: true })
  await emitEvent(tx, { type: 'run.cancel_requested', actor, object: `run:${runId}` })
  for (const step of await listSteps(tx, runId)) {
    if (step.state === 'running' || isDone(step.state)) continue
    await updateStep(tx, { runId, name: step.name }, { state: 'cancelled', finishedAt: new Date() })
    if (step.state === 'waiting') await closeAttempt(tx, step, 'cancelled', null)
  }
  await tx.$client.query('select pg_notify($1, $2)', [CANCEL_CHANNEL, runId])
  await advance(tx, engine, runId)
}

/** Ends a waiting step: with outputs it is done and the run goes on; with a failure the run ends there. */
export async function resolveWait(
  tx: Tx,
  engine: Pick<Engine, 'enqueue'>,
  wait: { runId: string; step: string; actor: string; outputs?: Record<string, unknown>; failure?: StepFailure },
): Promise<void> {
  await lockRun(tx, wait.runId)
  const step = await getStep(tx, wait.runId, wait.step)
  if (step.state !== 'waiting')
    throw new AssayError('STEP_NOT_WAITING', { step: wait.step, runId: wait.runId, state: step.state })
  if (wait.failure) return failStep(tx, engine, step, { failure: wait.failure })
  await completeStep(tx, engine, step, { outputs: { ...step.outputs, ...wait.outputs } })
}

/** Records a step as succeeded and starts what it freed. */
export async function completeStep(
  tx: Tx,
  engine: Pick<Engine, 'enqueue'>,
  step: StepRow,
  result: { outputs: Record<string, unknown>; gates?: StepRow['gates']; facts?: Record<string, string> },
): Promise<void> {
  await updateStep(
    tx,
    { runId: step.runId, name: step.name },
    {
      state: 'succeeded',
      outputs: result.outputs,
      gates: result.gates,
      error: null,
      finishedAt: new Date(),
    },
  )
  await closeAttempt(tx, step, 'succeeded', null)
  if (result.facts) await mergeFacts(tx, step.runId, result.facts)
  await advance(tx, engine, step.runId)
}

/** Records a step as failed; the run ends once its other running steps have. */
export async function failStep(
  tx: Tx,
  engine: Pick<Engine, 'enqueue'>,
  step: StepRow,
  { failure, ...partial }: { failure: StepFailure; outputs?: Record<string, unknown>; gates?: StepRow['gates'] },
): Promise<void> {
  await updateStep(
    tx,
    { runId: step.runId, name: step.name },
    { ...partial, state: 'failed', error: failure, finishedAt: new Date() },
  )
  await closeAttempt(tx, step, 'failed', failure)
  await updateRun(tx, step.runId, { failure: { step: step.name, ...failure } })
  await advance(tx, engine, step.runId)
}

export async function mergeFacts(tx: Tx, runId: string, facts: Record<string, string>): Promise<void> {
  await tx.$client.query('update pipeline_runs set facts = facts || $2::jsonb where id = $1', [
    runId,
    JSON.stringify(facts),
  ])
}
