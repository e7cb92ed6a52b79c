export const stepStates = [
  'pending',
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'skipped',
  'cancelled',
  'cached',
] as const
export type StepState = (typeof stepStates)[number]

export const runStates = ['pending', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

/** Why a step ended badly; `code` is an error code or GATE_BLOCKED, APPROVAL_REJECTED, STEP_TIMEOUT. */
export type StepFailure = { code: string; message: string }

/** How far a running step is, e.g. 120 of 500 trees. */
export type StepProgress = { done: number; total: number; text: string }

export const isDone = (state: StepState) => state === 'succeeded' || state === 'cached' || state === 'skipped'
export const isActive = (state: StepState) => state === 'queued' || state === 'running'
export const isFinal = (state: RunState) => state === 'succeeded' || state === 'failed' || state === 'cancelled'
