import type { Signature } from '../../model/model.ts'
import type { MulticlassModel } from '../../model/other-tasks/multiclass-model.ts'
import type { Table } from '../../table.ts'
import { countNodes } from '../../trees/trees.ts'
import type { ForestName } from '../forest-kinds.ts'
import type { ForestClasses } from './forest-classes.ts'

type MulticlassSignature = Pick<Signature, 'columns' | 'target'>

/** A forest for several classes as a model. */
export class ForestMulticlassModel implements MulticlassModel {
  readonly task = 'multiclass'
  readonly algorithm: ForestName
  readonly signature: MulticlassSignature
  readonly classes: readonly string[]
  readonly forest: ForestClasses

  constructor(
    algorithm: ForestName,
    signature: MulticlassSignature,
    classes: readonly string[],
    forest: ForestClasses,
  ) {
    this.algorithm = algorithm
    this.signature = signature
    this.classes = classes
    this.forest = forest
  }

  predict(table: Table): Float64Array {
    return this.forest.predict(table)
  }

  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    return this.forest.predictRow(row)
  }

  describe(): object {
    const { options, trees, preparation, nClasses } = this.forest
    const { algorithm, task, classes } = this
    const { nTrees, nNodes, nLeaves } = countNodes(trees)
    const counts = { nTrees: nTrees / nClasses, nNodes: nNodes / nClasses, nLeaves: nLeaves / nClasses }
    return { algorithm, task, classes, options, nFeatures: preparation.length, ...counts }
  }
}
