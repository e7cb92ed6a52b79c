import type { Progress } from './table.ts'

/** How a caller follows training and ends it. */
export type TrainHooks = {
  /** Called after each tree or iteration. */
  progress?: Progress
  /** Aborting ends training within two seconds: it rejects with TRAINING_CANCELLED. */
  signal?: AbortSignal
}
