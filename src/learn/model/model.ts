import { AssayError } from '../../errors/index.ts'
import { NODE_BYTES } from '../../kernels/index.ts'
import type { Forest } from '../forest/forest.ts'
import type { ForestOptions } from '../forest/options.ts'
import { RandomForestClassifier, type TrainHooks } from '../forest/random-forest-classifier.ts'
import type { Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'

/** What a model takes and gives. */
export type Signature = {
  columns: {
    name: string
    kind: 'number' | 'category'
    /** Whether the column must be there; its values may still be missing. */
    required: boolean
    /** Levels with a bin of their own, most frequent first; any other level is taken as "other". */
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
  readonly algorithm: string
  readonly signature: Signature
  /** Scores in [0, 1] of all rows, columns matched by name. */
  predict(table: Table): Float64Array
  /** The score of one row, equal to that of `predict` bit for bit. */
  predictRow(row: Readonly<Record<string, unknown>>): number
  /** What it is, for people: options and sizes. */
  describe(): object
}

/** A random forest as a model. */
export class ForestModel implements Model {
  readonly algorithm = 'random_forest'
  readonly signature: Signature
  readonly forest: Forest

  constructor(signature: Signature, forest: Forest) {
    this.signature = signature
    this.forest = forest
  }

  predict(table: Table): Float64Array {
    return this.forest.predict(table)
  }

  predictRow(row: Readonly<Record<string, unknown>>): number {
    return this.forest.predictRow(row)
  }

  describe(): object {
    const { options, trees, preparation } = this.forest
    const nNodes = trees.nodes.length / NODE_BYTES
    const nTrees = trees.starts.length / 2
    // A binary tree has one leaf more than splits.
    return {
      algorithm: this.algorithm,
      options,
      nFeatures: preparation.length,
      nTrees,
      nNodes,
      nLeaves: (nNodes + nTrees) / 2,
    }
  }
}

export type TrainInput = {
  table: Table
  /** Labels, shape (nRows,), 0 or 1. */
  y: Uint8Array
  /** Name of the target column and its positive level, for the signature. */
  target: string
  positive: string
  algorithm: 'random_forest'
  options?: Partial<ForestOptions>
}

/**
 * Fits preparation and estimator on these rows.
 * @throws ALGORITHM_UNKNOWN, and what `RandomForestClassifier` throws
 */
export async function trainModel(input: TrainInput, hooks: TrainHooks = {}): Promise<Model> {
  const { table, y, target, positive, algorithm, options } = input
  if (algorithm !== 'random_forest') {
    throw new AssayError('ALGORITHM_UNKNOWN', { given: String(algorithm), known: 'random_forest' })
  }
  const forest = await new RandomForestClassifier(options).fit(table, y, hooks)
  return new ForestModel(signatureOf(forest.preparation, target, positive), forest)
}

/** The signature follows from the preparation, so that the two cannot disagree. */
export function signatureOf(preparation: Preparation, target: string, positive: string): Signature {
  const columns = preparation.map((bins) => {
    const common = { name: bins.name, kind: bins.kind, required: true }
    if (bins.kind === 'category') return { ...common, levels: bins.levels }
    return bins.min === undefined ? common : { ...common, min: bins.min, max: bins.max }
  })
  return { columns, target, positive }
}
