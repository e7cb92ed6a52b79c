import type { Table } from '../table.ts'

/** What a model takes and gives. */
export type Signature = {
  columns: {
    name: string
    kind: 'number' | 'category'
    /** The number is days since 1970-01-01 UTC; on the wire it is an ISO date. */
    format?: 'date'
    /** Whether the column must be there; its values may still be missing. */
    required: boolean
    /** Levels the model knows by themselves, most frequent first; any other level is taken as "other". */
    levels?: string[]
    /** Range in training, for information; values outside are taken. */
    min?: number
    max?: number
    unit?: string
  }[]
  target: string
  /** The level of the target whose probability the score is. */
  positive: string
}

/** A fitted estimator with its preparation: from raw columns to scores. Its bytes are the artifact. */
export type Model = {
  /** Models of other tasks say which, see `other-tasks`. */
  readonly task?: undefined
  readonly algorithm: string
  readonly signature: Signature
  /** Scores in [0, 1] of all rows, columns matched by name. */
  predict(table: Table): Float64Array
  /** The score of one row, equal to that of `predict` bit for bit. */
  predictRow(row: Readonly<Record<string, unknown>>): number
  /** What it is, for people: options and sizes. */
  describe(): object
}
