import type { CategoryColumn, Column, Table } from '../table.ts'

/** Every trap that can be reported, each a heading of docs/traps.md. A code is never renamed or reused. */
export const trapCodes = [
  'AFTER_DECISION',
  'TARGET_COPY',
  'TARGET_LEAK',
  'TARGET_LEAK_SUSPECT',
  'MISSINGNESS_TELLS_TARGET',
  'IDENTIFIER',
  'ID_ORDERED',
  'DUPLICATE_ROWS',
  'DUPLICATES_ACROSS_FOLDS',
  'OVERSAMPLED',
  'GROUPS_SPAN_FOLDS',
  'GROUPS_UNDECLARED',
  'LABELS_IMMATURE',
  'TARGET_CONSTANT_IN_PERIOD',
  'TIME_SPLIT',
] as const

export type TrapCode = (typeof trapCodes)[number]

/**
 * One way in which a model would look better in its evaluation than it will be. It holds names of columns and figures,
 * never a cell, so it may be stored, logged and shown wherever a metric may.
 */
export type Trap = {
  code: TrapCode
  /** `block`: the evaluation cannot be believed; `warn`: a person should look. */
  severity: 'block' | 'warn'
  /** The column at fault; absent where the rows or the folds are. */
  column?: string
  evidence: Record<string, number | string>
  /** What was found, in words, with the figures. */
  message: string
  /** The way out. */
  advice: string
}

/** What the checks look at: the learning set as a model would get it, and what is known about its rows. */
export type TrapInput = {
  /** The features a model would see, without the target. */
  table: Table
  /** Labels 0 or 1, shape (nRows,). */
  y: Uint8Array
  /** Name of the target, for messages. */
  target: string
  /** Features whose contract says `decisionTime: false`: not known yet when the model must answer. */
  afterDecision?: readonly string[]
  /** When each row arose, in any unit that grows (days since 1970, say); NaN where it is not known. */
  time?: Float64Array
  /** When each row's outcome became known, in the unit of `time`; NaN where it is not known when. */
  observedAt?: Float64Array
  /** Columns that say which rows belong together (a person, a policy, a household); features or not. */
  groups?: readonly Pick<CategoryColumn, 'name' | 'codes'>[]
  /** Columns that are no features (ids, ignored ones), among which undeclared groups are looked for too. */
  besides?: readonly Column[]
  /** The fold in which each row is tested; negative: never tested, only learned from. A hold-out is fold 0 against -1. */
  folds?: ArrayLike<number>
  /** Seed of sampling and cross-fitting; 0 if absent. */
  seed?: number
}

/** Share as a percentage for a message. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

/** A figure for the evidence, to four decimals. */
export function figure(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
