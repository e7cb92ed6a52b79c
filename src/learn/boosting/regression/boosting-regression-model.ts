import type { Signature } from '../../model/model.ts'
import type { RegressionModel } from '../../model/other-tasks/regression-model.ts'
import type { Table } from '../../table.ts'
import { countNodes } from '../../trees/trees.ts'
import type { BoostedRegression } from './boosted-regression.ts'

/** Gradient boosting of a number as a model. */
export class BoostingRegressionModel implements RegressionModel {
  readonly task = 'regression'
  readonly algorithm = 'gradient_boosting'
  readonly signature: Pick<Signature, 'columns' | 'target'>
  readonly boosted: BoostedRegression

  constructor(signature: Pick<Signature, 'columns' | 'target'>, boosted: BoostedRegression) {
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
    const { algorithm, task } = this
    return { algorithm, task, options, nFeatures: preparation.length, baseScore, ...countNodes(trees) }
  }
}
