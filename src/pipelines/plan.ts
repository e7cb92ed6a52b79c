import type { DefinitionSnapshot } from './definition.ts'
import { isActive, isDone, type RunState, type StepState } from './states.ts'

export type PlannedRun = {
  definition: DefinitionSnapshot
  untilGroup: string | null
  cancelRequested: boolean
  states: Record<string, StepState>
}

/** Steps that may start now: pending, everything they need done, in a group that is open, and nothing failed or cancelled. */
export function readySteps({ definition, untilGroup, cancelRequested, states }: PlannedRun): string[] {
  const stopped = Object.values(states).some((state) => state === 'failed' || state === 'cancelled')
  if (cancelRequested || stopped) return []
  const open = openGroups(definition, untilGroup)
  return definition.steps
    .filter((step) => states[step.name] === 'pending' && open.includes(step.group))
    .filter((step) => step.needs.every((need) => isDone(states[need])))
    .map((step) => step.name)
}

/** State of the whole from the states of its steps, once every ready step is queued. */
export function runState(run: PlannedRun): RunState {
  const states = Object.values(run.states)
  if (states.some(isActive)) return 'running'
  if (run.cancelRequested || states.includes('cancelled')) return 'cancelled'
  if (states.includes('failed')) return 'failed'
  if (states.includes('waiting')) return 'waiting'
  return 'succeeded'
}

/** Whether steps are left that `continue` would start (a CI run whose CD was not asked for). */
export function canContinue(run: PlannedRun): boolean {
  return runState(run) === 'succeeded' && Object.values(run.states).includes('pending')
}

function openGroups(definition: DefinitionSnapshot, untilGroup: string | null): string[] {
  return untilGroup === null ? definition.groups : definition.groups.slice(0, definition.groups.indexOf(untilGroup) + 1)
}
