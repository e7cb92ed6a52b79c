import type { Progress } from './table.ts'

/** How a caller follows training and ends it. */
export type TrainHooks = {
  /** Called after each tree or iteration. */
  progress?: Progress
  /**
   * Called after each iteration by algorithms that learn in iterations, with the loss so far: of the rows held out where an
   * option holds some out, else of the training rows. Asking for it costs one look at every row an iteration.
   */
  curve?: (point: CurvePoint) => void
  /**
   * Aborting ends training within two seconds: it rejects with TRAINING_CANCELLED. Work on the caller's thread lets its event loop turn
   * after each column at the latest, so that the signal is heard; threads then get half a second, and are ended wherever they are.
   */
  signal?: AbortSignal
}

/** One point of a live curve. */
export type CurvePoint = {
  /** Iterations so far, from 1. */
  iteration: number
  /** Mean over the rows by weight. */
  loss: number
  /** What the loss is: `logLoss`, `squaredError` and others. */
  metric: string
  on: 'training' | 'held-out'
}
