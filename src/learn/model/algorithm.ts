import { AssayError } from '../../errors/index.ts'
import type { Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import type { TrainingRows } from '../trees/training-rows.ts'
import type { ModelCodec } from './codec.ts'
import type { AnyModel } from './any-model.ts'

/** Rows to learn from. */
export type TrainingData = { table: Table } & TrainingLabels

/** Rows to learn from, of a table that may have been binned before. */
export type AnyTrainingData = TrainingRows & TrainingLabels

/** What is known of each row, and how it is called. */
type TrainingLabels = {
  /** Labels, shape (nRows,), 0 or 1: of the table's rows, or of the rows named of a binned table. */
  y: Uint8Array
  /** How much each row counts, shape (nRows,), at least 0; a row of weight 2 counts as two equal rows. Absent: 1 each. */
  weights?: Float64Array
  /** Name of the target column and its positive level, for the signature. */
  target: string
  positive: string
}

/** What of a column decides how much memory learning from it takes. */
export type ColumnShape = { kind: 'number'; format?: 'date' } | { kind: 'category'; nLevels: number }

/** The size of what is learned from. */
export type TrainingShape = {
  nRows: number
  columns: readonly ColumnShape[]
  hasWeights: boolean
  /** Whether the rows are named of a table that was binned before. */
  isBinned: boolean
}

/**
 * What `trainModel` and the model format know of an algorithm. A new one is a new entry in `algorithms.ts`, or in one of the
 * tables of `other-tasks`.
 */
export type Algorithm<Options extends object, Fitted extends AnyModel, Data = TrainingData> = {
  /**
   * Given options checked and completed.
   * @throws OPTION_INVALID, OPTION_UNKNOWN
   */
  resolveOptions(given: Partial<Options>): Options
  /** Fits preparation and estimator. The same data and options give the same bytes, whatever the number of threads. */
  train(data: Data, options: Partial<Options>, hooks: TrainHooks): Promise<Fitted>
  readonly codec: ModelCodec<Fitted>
  /**
   * Bytes that training takes at most besides the table, or the binned table, that it is given: what it lays out at the same time, and
   * the model. Absent where nobody has counted.
   */
  trainingBytes?(shape: TrainingShape, options: Options): number
  /** It also learns from rows of a binned table; then `maxBins` is one of its options. */
  readonly takesBinned?: true
}

/** The options an algorithm takes. */
export type OptionsOf<A> = A extends { resolveOptions(given: object): infer Options } ? Options : never

/**
 * The algorithm of this name.
 * @throws ALGORITHM_UNKNOWN
 */
export function findAlgorithm<Entry>(algorithms: Readonly<Record<string, Entry>>, name: string): Entry {
  if (Object.hasOwn(algorithms, name)) return algorithms[name]
  throw new AssayError('ALGORITHM_UNKNOWN', { given: String(name), known: Object.keys(algorithms).join(', ') })
}
