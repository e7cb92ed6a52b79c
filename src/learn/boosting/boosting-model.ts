import type { Model, Signature } from '../model/model.ts'
import type { Table } from '../table.ts'
import { countNodes } from '../trees/trees.ts'
import type { BoostedTrees } from './boosted-trees.ts'

/** Gradient boosting as a model. */
export class BoostingModel implements Model {
  readonly algorithm = 'gradient_boosting'
  readonly signature: Signature
  readonly boosted: BoostedTrees

  constructor(signature: Signature, boosted: BoostedTrees) {
    this.signature = signature
    this.boosted = boosted
  }

  predict(table: Table): Float64Array {
    return this.boosted.predict(table)
  }

  predictRow(row: Readonly<Record<string, unknown>>): number {
    return this.boosted.predictRow(row)
  }

  describe(): object {
    const { options, trees, preparation, baseScore } = this.boosted
    return { algorithm: this.algorithm, options, nFeatures: preparation.length, baseScore, ...countNodes(trees) }
  }
}
