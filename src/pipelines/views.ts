import type { Db } from '../platform/index.ts'
import { sourceOf, type DefinitionSnapshot, type PipelineDefinition } from './definition.ts'
import { canContinue } from './plan.ts'
import type { RunDetail, RunSummary, StepDetail, StepView } from './schemas.ts'
import { isDone, isFinal } from './states.ts'
import { getRun, getStep, listAttempts, listSteps, plannedRun, type RunRow, type StepRow } from './store.ts'
import { AssayError } from '../errors/index.ts'

export function runSummary(run: RunRow, now: Date): RunSummary {
  return {
    id: run.id,
    pipeline: run.pipeline,
    project: run.project,
    model: run.model,
    state: run.state,
    trigger: run.trigger,
    actor: run.actor,
    commit: run.commit && { sha: run.commit.sha, message: run.commit.message, author: run.commit.author },
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    durationMs: (run.finishedAt ?? now).getTime() - run.createdAt.getTime(),
    waitingFor: run.waitingFor,
    failure: run.failure,
  }
}

/** A run with its steps in the order of its definition. */
export async function runDetail(db: Db, id: string, now: Date = new Date()): Promise<RunDetail> {
  const run = await getRun(db, id)
  const steps = await listSteps(db, id)
  return {
    ...runSummary(run, now),
    steps: run.definition.steps.map((definition) =>
      stepView(
        definition,
        steps.find((step) => step.name === definition.name)!,
        now,
      ),
    ),
    modelVersion: run.facts.modelVersion ?? null,
    datasetVersion: run.facts.datasetVersion ?? null,
    approvalId: run.facts.approvalId ?? null,
    canContinue: canContinue(plannedRun(run, steps)),
    canRetry: run.state === 'failed' || run.state === 'cancelled',
    canCancel: !isFinal(run.state),
  }
}

function stepView(definition: DefinitionSnapshot['steps'][number], step: StepRow, now: Date): StepView {
  const end = step.finishedAt ?? (step.state === 'running' || step.state === 'waiting' ? now : undefined)
  return {
    name: step.name,
    title: definition.title,
    group: definition.group,
    role: definition.role,
    needs: definition.needs,
    state: step.state,
    attempt: step.attempt,
    startedAt: step.startedAt?.toISOString() ?? null,
    finishedAt: step.finishedAt?.toISOString() ?? null,
    durationMs: step.startedAt && end ? Math.max(0, end.getTime() - step.startedAt.getTime()) : null,
    progress: step.state === 'running' ? step.progress : null,
    gates: step.gates,
    error: step.error,
  }
}

/** Everything the inspector shows of a step. */
export async function stepDetail(
  db: Db,
  definitions: PipelineDefinition[],
  { runId, name }: { runId: string; name: string },
): Promise<StepDetail> {
  const run = await getRun(db, runId)
  const step = await getStep(db, runId, name)
  const definition = run.definition.steps.find((candidate) => candidate.name === name)!
  const attempts = await listAttempts(db, runId, name)
  const done = (await listSteps(db, runId)).filter((other) => isDone(other.state))
  const { title: _, needs, ...configuration } = definition
  return {
    ...stepView(definition, step, new Date()),
    description: definition.description,
    source: sourceOf(findDefinition(definitions, name, run.pipeline)),
    configuration: { step: { ...configuration, needs }, project: run.configuration },
    inputs: Object.fromEntries(done.filter((s) => needs.includes(s.name)).map((s) => [s.name, s.outputs ?? {}])),
    outputs: step.outputs,
    attempts: attempts.map((attempt) => ({
      ...attempt,
      startedAt: attempt.startedAt.toISOString(),
      finishedAt: attempt.finishedAt?.toISOString() ?? null,
    })),
  }
}

/** A step's definition by name, in one pipeline or the first that has it. */
export function findDefinition(definitions: PipelineDefinition[], name: string, pipeline?: string) {
  const step = definitions
    .filter((definition) => !pipeline || definition.name === pipeline)
    .flatMap((definition) => definition.steps)
    .find((candidate) => candidate.name === name)
  if (!step) throw new AssayError('NOT_FOUND', { what: 'Step', id: name })
  return step
}
