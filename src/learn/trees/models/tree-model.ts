import type { AnyModel } from '../../model/any-model.ts'
import type { Model, Signature } from '../../model/model.ts'
import type { MulticlassModel } from '../../model/other-tasks/multiclass-model.ts'
import type { RegressionModel } from '../../model/other-tasks/regression-model.ts'
import type { Table } from '../../table.ts'
import { columnsOf } from '../columns.ts'
import type { FittedTrees } from './fitted-trees.ts'
import type { NumberTrees } from './number-trees.ts'

/** Fitted trees as a model: they get an algorithm's name, and names for what they foretell. */
abstract class TreeModel<Fitted extends FittedTrees<object, RowScore>, RowScore> {
  readonly algorithm: string
  readonly fitted: Fitted

  constructor(algorithm: string, fitted: Fitted) {
    this.algorithm = algorithm
    this.fitted = fitted
  }

  predict(table: Table): Float64Array {
    return this.fitted.predict(table)
  }

  predictRow(row: Readonly<Record<string, unknown>>): RowScore {
    return this.fitted.predictRow(row)
  }
}

/** Trees that score how likely the positive of two classes is. */
export class BinaryTreeModel<Fitted extends NumberTrees = NumberTrees>
  extends TreeModel<Fitted, number>
  implements Model
{
  readonly signature: Signature

  constructor(algorithm: string, { target, positive }: Pick<Signature, 'target' | 'positive'>, fitted: Fitted) {
    super(algorithm, fitted)
    this.signature = { columns: columnsOf(fitted.preparation), target, positive }
  }

  get names(): Pick<Signature, 'target' | 'positive'> {
    const { target, positive } = this.signature
    return { target, positive }
  }

  describe(): object {
    return { algorithm: this.algorithm, ...this.fitted.describe() }
  }
}

/** Trees that foretell a number. */
export class RegressionTreeModel<Fitted extends NumberTrees = NumberTrees>
  extends TreeModel<Fitted, number>
  implements RegressionModel
{
  readonly task = 'regression'
  readonly signature: RegressionModel['signature']

  constructor(algorithm: string, { target }: Pick<Signature, 'target'>, fitted: Fitted) {
    super(algorithm, fitted)
    this.signature = { columns: columnsOf(fitted.preparation), target }
  }

  get names(): Pick<Signature, 'target'> {
    return { target: this.signature.target }
  }

  describe(): object {
    return { algorithm: this.algorithm, task: this.task, ...this.fitted.describe() }
  }
}

/** Names of a target with several classes, and of these. */
export type ClassNames = { target: string; classes: readonly string[] }

/** Trees that tell several classes apart. */
export class MulticlassTreeModel<Fitted extends FittedTrees<object, number[]> = FittedTrees<object, number[]>>
  extends TreeModel<Fitted, number[]>
  implements MulticlassModel
{
  readonly task = 'multiclass'
  readonly signature: MulticlassModel['signature']
  readonly classes: readonly string[]

  constructor(algorithm: string, { target, classes }: ClassNames, fitted: Fitted) {
    super(algorithm, fitted)
    this.signature = { columns: columnsOf(fitted.preparation), target }
    this.classes = classes
  }

  get names(): ClassNames {
    return { target: this.signature.target, classes: this.classes }
  }

  describe(): object {
    const { algorithm, task, classes } = this
    return { algorithm, task, classes, ...this.fitted.describe() }
  }
}

/** The fitted trees of a model of any task; undefined for a model that is none of these. */
export function fittedTreesOf(model: AnyModel): FittedTrees | undefined {
  return model instanceof TreeModel ? (model.fitted as FittedTrees) : undefined
}
