import type { boostLosses } from '../../kernels/index.ts'

/** What the trees are to lower, and where they begin. */
export type Objective = {
  loss: keyof typeof boostLosses
  /** The class of each row, shape (nRows,): of a logistic or softmax loss. */
  labels?: Uint8Array
  /** The number to be foretold, shape (nRows,): of any other loss. */
  targets?: Float32Array
  /** How much each row counts, shape (nRows,), above 0. */
  weights?: Float64Array
  /** 1 for each row that is held out: no tree is grown from it, and its loss tells when to end. */
  held?: Uint8Array
  /** The raw score of every row before the first tree, class by class; one number where there are not several classes. */
  start: readonly number[]
  /** Of the Tweedie loss, above 1 and below 2. */
  power?: number
  /** Hessians of the Poisson and the softmax loss are multiplied by this. */
  hessianFactor?: number
  followed: FollowedLoss
}

/** How the sum of losses that the kernels leave becomes a metric: (factor · sum + constant) / total. */
export type FollowedLoss = {
  metric: string
  factor: number
  constant: number
  /** Weight of the rows whose loss is summed. */
  total: number
}

/** What is summed of each row for a metric that is the mean of its loss. */
export function meanLoss(
  metric: string,
  { weights, held }: Pick<Objective, 'weights' | 'held'>,
  nRows: number,
): FollowedLoss {
  return { metric, factor: 1, constant: 0, total: sumWhere(nRows, held, (row) => weights?.[row] ?? 1) }
}

/** Sum over the rows held out, or over all rows where none are. */
export function sumWhere(nRows: number, held: Uint8Array | undefined, valueOf: (row: number) => number): number {
  let sum = 0
  for (let row = 0; row < nRows; row++) if (!held || held[row]) sum += valueOf(row)
  return sum
}
