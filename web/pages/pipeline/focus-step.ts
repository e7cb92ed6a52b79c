import type { StepState, StepView } from '../../api/types.ts'

const order: StepState[] = ['failed', 'waiting', 'running']

/** The step a person wants to see first: one that failed, waits or runs, else the last that is done, else the first. */
export function stepOfInterest(steps: Pick<StepView, 'name' | 'state'>[]): string | null {
  for (const state of order) {
    const found = steps.find((step) => step.state === state)
    if (found !== undefined) return found.name
  }
  const done = steps.findLast((step) => step.state === 'succeeded' || step.state === 'cached')
  return (done ?? steps[0])?.name ?? null
}
