import type { Db } from '../platform/index.ts'
import { sourceOf, type DefinitionSnapshot, type PipelineDefinition, type StepDefinition } from './definition.ts'
import { canContinue } from './plan.ts'
import { withBranchStates } from './branches.ts'
import type { BranchView, RunDetail, RunSummary, StepDefinitionView, StepDetail, StepView } from './schemas.ts'
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
  const top = run.definition.steps.filter(({ branchOf }) => branchOf === undefined)
  return {
    ...runSummary(run, now),
    steps: top.map((definition) => stepView({ definition, run, steps, now })),
    modelVersion: run.facts.modelVersion ?? null,
    datasetVersion: run.facts.datasetVersion ?? null,
    approvalId: run.facts.approvalId ?? null,
    canContinue: canContinue(plannedRun(run, steps)),
    canRetry: run.state === 'failed' || run.state === 'cancelled',
    canCancel: !isFinal(run.state),
  }
}

type Snapshot = DefinitionSnapshot['steps'][number]

function stepView({
  definition,
  run,
  steps,
  now,
}: {
  definition: Snapshot
  run: RunRow
  steps: StepRow[]
  now: Date
}): StepView {
  const rowOf = ({ name }: Snapshot) => steps.find((step) => step.name === name)!
  const branches = run.definition.steps
    .filter(({ branchOf }) => branchOf === definition.name)
    .map((branch) => partView(branch, rowOf(branch), now))
  const own = partView(definition, rowOf(definition), now)
  const names = branches.map(({ name }) => name)
  return { ...withBranchStates(own, branches), needs: own.needs.filter((need) => !names.includes(need)), branches }
}

function partView(definition: Snapshot, step: StepRow, now: Date): BranchView {
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
  const steps = await listSteps(db, runId)
  const done = steps.filter((other) => isDone(other.state))
  const { title: _, needs, ...configuration } = definition
  return {
    ...stepView({ definition, run, steps, now: new Date() }),
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

/** What `/steps` tells of a step. */
export function definitionView(step: StepDefinition, definitions: PipelineDefinition[]): StepDefinitionView {
  const siblings = definitions.find(({ steps }) => steps.includes(step))!.steps
  const branches = siblings.filter(({ branchOf }) => branchOf === step.name).map(({ name }) => name)
  return { ...step, needs: step.needs.filter((need) => !branches.includes(need)), branches }
}
