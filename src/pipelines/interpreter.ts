import { createHash } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import { AssayError } from '../errors/index.ts'
import { canonicalJson, withTransaction, type Db, type Engine, type Listener, type Tx } from '../platform/index.ts'
import { CANCEL_CHANNEL, completeStep, failStep, mergeFacts, advance } from './course.ts'
import type { PipelineDefinition, StepContext, StepDefinition, StepOutcome } from './definition.ts'
import { openMeasurements, type Measure } from './measurements/measurements.ts'
import { isDone, type StepFailure } from './states.ts'
import { openStepLog, type StepLog } from './step-log.ts'
import {
  closeAttempt,
  getStep,
  listSteps,
  lockRun,
  recordAttempt,
  updateStep,
  type RunRow,
  type StepRow,
} from './store.ts'

const CANCEL_POLL_MS = 1_000
const PROGRESS_MS = 250
const BACKOFF_MS = 500

export type InterpreterOptions = {
  db: Db
  engine: () => Pick<Engine, 'enqueue'>
  listener: Listener
  definitions: PipelineDefinition[]
  /** appended with one line for each committed effect; a fault test compares it with the database */
  effectLog?: string
  log: { error(error: unknown, text: string): void }
}

type Delivery = { runId: string; step: string; attempt: number }

/**
 * Carries out one delivered call of a step. Deliveries repeat after a crash; what the step does to the world, its end and the
 * start of what it freed are one transaction, so the world sees one.
 */
export function createInterpreter(options: InterpreterOptions) {
  const stopping = new AbortController()

  async function deliver(delivery: Delivery): Promise<void> {
    const opened = await openAttempt(options, delivery)
    if (!opened) return
    const { run, step, inputs } = opened
    const definition = findStep(options.definitions, run, step.name)
    const log = openStepLog(options.db, { runId: run.id, step: step.name })
    const watch = watchCancel(options, run.id, stopping.signal)
    try {
      const end = await attemptBody({ options, run, step, inputs, definition, log, signal: watch.signal })
      if (stopping.signal.aborted && 'failure' in end) return
      await log.flush()
      await closeDelivery(options, { ...delivery, end, log })
    } finally {
      watch.stop()
      await log.flush().catch(() => {})
    }
  }

  return {
    deliver,
    /** Cuts running bodies; their calls stay on the queue and go on at the next start. */
    stop: () => stopping.abort(new Error('the process is stopping')),
  }
}

type End = { outcome: StepOutcome } | { failure: StepFailure; cancelled: boolean }

/** Marks the step as running, unless this delivery came too late. */
async function openAttempt({ db, engine }: InterpreterOptions, delivery: Delivery) {
  return withTransaction(db, async (tx) => {
    const run = await lockRun(tx, delivery.runId)
    const step = await getStep(tx, delivery.runId, delivery.step)
    if (!isCurrent(step, delivery)) return undefined
    if (run.cancelRequested) {
      await cancelStep(tx, engine(), step)
      return undefined
    }
    const inputs: StepContext['inputs'] = {}
    for (const other of await listSteps(tx, run.id)) if (isDone(other.state)) inputs[other.name] = other.outputs ?? {}
    const inputHash = createHash('sha256')
      .update(canonicalJson({ configuration: run.configuration, inputs }))
      .digest('hex')
    const startedAt = step.startedAt && step.state === 'running' ? step.startedAt : new Date()
    await updateStep(tx, { runId: run.id, name: step.name }, { state: 'running', startedAt, inputHash })
    await recordAttempt(tx, step, startedAt)
    return { run, step: { ...step, inputHash }, inputs }
  })
}

const isCurrent = (step: StepRow, { attempt }: Delivery) =>
  step.attempt === attempt && (step.state === 'queued' || step.state === 'running')

async function cancelStep(tx: Tx, engine: Pick<Engine, 'enqueue'>, step: StepRow): Promise<void> {
  await updateStep(tx, { runId: step.runId, name: step.name }, { state: 'cancelled', finishedAt: new Date() })
  await closeAttempt(tx, step, 'cancelled', null)
  await advance(tx, engine, step.runId)
}

type Attempt = {
  options: InterpreterOptions
  run: RunRow
  step: StepRow
  inputs: StepContext['inputs']
  definition: StepDefinition
  log: StepLog
  signal: AbortSignal
}

/** Runs the body, again after failures that may pass, until it ends, its tries are used up or it is cancelled. */
async function attemptBody(attempt: Attempt): Promise<End> {
  const { definition, log, signal } = attempt
  for (let tries = 0; ; tries++) {
    const timeout = AbortSignal.timeout(definition.timeoutMs)
    const measurements = openMeasurements(attempt.options.db, {
      runId: attempt.run.id,
      step: attempt.step.name,
      attempt: attempt.step.attempt,
    })
    try {
      const context = createContext(attempt, {
        signal: AbortSignal.any([signal, timeout]),
        measure: measurements.measure,
      })
      return { outcome: await abortable(definition.run(context), context.signal) }
    } catch (error) {
      if (signal.aborted) return { failure: { code: 'CANCELLED', message: 'Cancelled.' }, cancelled: true }
      const failure = timeout.aborted
        ? { code: 'STEP_TIMEOUT', message: `Not done within ${definition.timeoutMs / 1000} s.` }
        : asFailure(error)
      log.write('error', `${failure.code}: ${failure.message}`)
      if (!(error instanceof AssayError)) attempt.options.log.error(error, `step ${definition.name} failed`)
      if (tries >= definition.retries || isFinalError(error)) return { failure, cancelled: false }
      const waitMs = BACKOFF_MS * 2 ** tries
      log.write('warn', `Trying again in ${waitMs} ms (${tries + 1} of ${definition.retries}).`)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    } finally {
      // A chart that lacks its end is no reason to fail a step.
      await measurements
        .end()
        .catch((error: unknown) => attempt.options.log.error(error, 'storing measurements failed'))
    }
  }
}

/** The same input gives the same answer: trying again would only take time. */
const isFinalError = (error: unknown) =>
  error instanceof AssayError && error.kind !== 'unavailable' && error.kind !== 'internal'

function asFailure(error: unknown): StepFailure {
  if (error instanceof AssayError) return { code: error.code, message: error.messageToKeep }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}

/** Rejects as soon as the signal aborts, even where the body does not look at it. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

function createContext(
  { options, run, step, inputs, log }: Attempt,
  { signal, measure }: { signal: AbortSignal; measure: Measure },
): StepContext {
  let reported = 0
  return {
    run,
    inputs,
    attempt: step.attempt,
    db: options.db,
    signal,
    log: (level, text) => log.write(level, text),
    measure,
    progress(done, total, text) {
      const now = performance.now()
      if (now - reported < PROGRESS_MS && done < total) return
      reported = now
      void options.db.$client
        .query(
          `update pipeline_steps set progress = $4 where run_id = $1 and name = $2 and attempt = $3 and state = 'running'`,
          [run.id, step.name, step.attempt, JSON.stringify({ done, total, text })],
        )
        .catch(() => {})
    },
    effect: (key, work) => runEffect(options, { step, key, work }),
  }
}

async function runEffect<T>(
  { db, effectLog }: InterpreterOptions,
  { step, key, work }: { step: StepRow; key: string; work: (tx: Tx) => Promise<T> },
): Promise<T> {
  const { result, isNew } = await withTransaction(db, async (tx) => {
    await lockRun(tx, step.runId)
    const known = await tx.$client.query(
      'select result from step_effects where run_id = $1 and step = $2 and attempt = $3 and key = $4',
      [step.runId, step.name, step.attempt, key],
    )
    if (known.rows[0]) return { result: known.rows[0].result as T, isNew: false }
    const made = await work(tx)
    await recordEffect(tx, step, key, made)
    return { result: made, isNew: true }
  })
  if (isNew) await logEffect(effectLog, step, key)
  return result
}

async function recordEffect(tx: Tx, step: StepRow, key: string, result: unknown): Promise<void> {
  await tx.$client.query('insert into step_effects (run_id, step, attempt, key, result) values ($1, $2, $3, $4, $5)', [
    step.runId,
    step.name,
    step.attempt,
    key,
    JSON.stringify(result ?? null),
  ])
}

async function logEffect(file: string | undefined, step: StepRow, key: string): Promise<void> {
  if (file) await appendFile(file, `${step.runId} ${step.name} ${step.attempt} ${key} ${step.inputHash}\n`)
}

/** Records how a delivery ended: effect, end and successors in one transaction, or nothing if another delivery was first. */
async function closeDelivery(
  options: InterpreterOptions,
  { end, log, ...delivery }: Delivery & { end: End; log: StepLog },
): Promise<void> {
  const engine = options.engine()
  const closed = await withTransaction(options.db, async (tx) => {
    const run = await lockRun(tx, delivery.runId)
    const step = await getStep(tx, delivery.runId, delivery.step)
    if (!isCurrent(step, delivery)) return undefined
    if (run.cancelRequested) await cancelStep(tx, engine, step)
    else if ('failure' in end) await failStep(tx, engine, step, { failure: end.failure })
    else {
      await closeWithOutcome(tx, engine, step, end.outcome)
      return step
    }
    return undefined
  })
  if (closed && 'outcome' in end && end.outcome.kind !== 'blocked') await logEffect(options.effectLog, closed, 'end')
  if ('outcome' in end && end.outcome.reason)
    log.write(end.outcome.kind === 'blocked' ? 'error' : 'info', end.outcome.reason)
}

async function closeWithOutcome(
  tx: Tx,
  engine: Pick<Engine, 'enqueue'>,
  step: StepRow,
  outcome: StepOutcome,
): Promise<void> {
  if (outcome.commit) await outcome.commit(tx)
  if (outcome.kind !== 'blocked') await recordEffect(tx, step, 'end', null)
  const { outputs, gates, facts } = outcome
  if (outcome.kind === 'done') return completeStep(tx, engine, step, { outputs, gates, facts })
  if (outcome.kind === 'blocked')
    return failStep(tx, engine, step, {
      failure: { code: 'GATE_BLOCKED', message: outcome.reason ?? 'A gate blocks.' },
      outputs,
      gates,
    })
  await updateStep(tx, { runId: step.runId, name: step.name }, { state: 'waiting', outputs, gates })
  if (facts) await mergeFacts(tx, step.runId, facts)
  await advance(tx, engine, step.runId)
}

function findStep(definitions: PipelineDefinition[], run: RunRow, name: string): StepDefinition {
  const step = definitions.find((d) => d.name === run.pipeline)?.steps.find((s) => s.name === name)
  if (!step) throw new Error(`no body for step ${name} of pipeline ${run.pipeline}: was it defined by an extension?`)
  return step
}

/** A signal that aborts when the run is cancelled (by NOTIFY, else by a poll) or the process stops. */
function watchCancel({ db, listener }: InterpreterOptions, runId: string, stopping: AbortSignal) {
  const cancelled = new AbortController()
  const look = () =>
    db.$client
      .query('select 1 from pipeline_runs where id = $1 and cancel_requested', [runId])
      .then(({ rows }) => rows[0] && cancelled.abort(new Error('cancelled')))
      .catch(() => {})
  const stopListening = listener.listen(CANCEL_CHANNEL, (payload) => {
    if (payload === runId || payload === '') void look()
  })
  const timer = setInterval(look, CANCEL_POLL_MS)
  return {
    signal: AbortSignal.any([cancelled.signal, stopping]),
    stop() {
      clearInterval(timer)
      stopListening()
    },
  }
}
