import type { BranchView, StepState, StepView } from '../../api/types.ts'

const order: StepState[] = ['failed', 'waiting', 'running']

type Seen = Pick<StepView, 'name' | 'state'> & { branches: Pick<BranchView, 'name' | 'state'>[] }

/** The step a person wants to see first: one that failed, waits or runs, else the last that is done, else the first. */
export function stepOfInterest(steps: Seen[]): string | null {
  for (const state of order) {
    const found = steps.find((step) => step.state === state)
    // Of a step that a branch failed, this branch knows more.
    if (found !== undefined)
      return (
        (state === 'failed' ? found.branches.find((branch) => branch.state === state) : undefined)?.name ?? found.name
      )
  }
  const done = steps.findLast((step) => step.state === 'succeeded' || step.state === 'cached')
  return (done ?? steps[0])?.name ?? null
}

/** A step or a branch of one, by name. */
export function findView(steps: StepView[], name: string | null): StepView | BranchView | undefined {
  return steps.flatMap((step) => [step, ...step.branches]).find((view) => view.name === name)
}
