import type { Signature } from '../../model/model.ts'
import type { RegressionModel } from '../../model/other-tasks/regression-model.ts'
import type { Table } from '../../table.ts'
import { countNodes } from '../../trees/trees.ts'
import type { ForestName } from '../forest-kinds.ts'
import type { ForestRegression } from './forest-regression.ts'

/** A forest for a number as a model. */
export class ForestRegressionModel implements RegressionModel {
  readonly task = 'regression'
  readonly algorithm: ForestName
  readonly signature: Pick<Signature, 'columns' | 'target'>
  readonly forest: ForestRegression

  constructor(algorithm: ForestName, signature: Pick<Signature, 'columns' | 'target'>, forest: ForestRegression) {
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
    const { options, trees, preparation, baseScore } = this.forest
    const { algorithm, task } = this
    return { algorithm, task, options, nFeatures: preparation.length, baseScore, ...countNodes(trees) }
  }
}
