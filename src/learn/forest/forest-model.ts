import { NODE_BYTES } from '../../kernels/index.ts'
import type { Model, Signature } from '../model/model.ts'
import type { Table } from '../table.ts'
import type { ForestName } from './forest-kinds.ts'
import type { Forest } from './forest.ts'

/** A forest as a model. */
export class ForestModel implements Model {
  readonly algorithm: ForestName
  readonly signature: Signature
  readonly forest: Forest

  constructor(algorithm: ForestName, signature: Signature, forest: Forest) {
    this.algorithm = algorithm
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
