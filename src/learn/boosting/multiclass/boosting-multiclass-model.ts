import type { Signature } from '../../model/model.ts'
import type { MulticlassModel } from '../../model/other-tasks/multiclass-model.ts'
import type { Table } from '../../table.ts'
import { countNodes } from '../../trees/trees.ts'
import type { BoostedClasses } from './boosted-classes.ts'

/** Gradient boosting of several classes as a model. */
export class BoostingMulticlassModel implements MulticlassModel {
  readonly task = 'multiclass'
  readonly algorithm = 'gradient_boosting'
  readonly signature: Pick<Signature, 'columns' | 'target'>
  readonly classes: readonly string[]
  readonly boosted: BoostedClasses

  constructor(signature: Pick<Signature, 'columns' | 'target'>, classes: readonly string[], boosted: BoostedClasses) {
    this.signature = signature
    this.classes = classes
    this.boosted = boosted
  }

  predict(table: Table): Float64Array {
    return this.boosted.predict(table)
  }

  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    return this.boosted.predictRow(row)
  }

  describe(): object {
    const { options, trees, preparation, baseScores } = this.boosted
    const { algorithm, task, classes } = this
    return { algorithm, task, classes, options, nFeatures: preparation.length, baseScores, ...countNodes(trees) }
  }
}
