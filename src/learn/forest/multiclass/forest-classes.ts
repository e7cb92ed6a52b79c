import { ClassTrees, toShares } from '../../trees/models/class-trees.ts'
import type { RawScale } from '../../trees/models/fitted-trees.ts'
import { countNodes } from '../../trees/trees.ts'
import type { FittedForestOptions } from '../forest.ts'

/**
 * A fitted forest for several classes with its preparation. The probability of a class is the mean over the trees of its share in
 * the leaves that a row reaches. There are all trees once for each class, which differ in what leaves say alone.
 */
export class ForestClasses extends ClassTrees<FittedForestOptions> {
  /** The sums add up to the number of trees but for the rounding of leaves. */
  protected toProbabilities(sums: Float64Array): void {
    toShares(sums)
  }

  rawScale(): RawScale {
    return { baseScore: 0, scale: 1 / this.options.nTrees, unit: 'probability' }
  }

  override describe(): object {
    const { nTrees, nNodes, nLeaves } = countNodes(this.trees)
    const { nClasses } = this
    const counts = { nTrees: nTrees / nClasses, nNodes: nNodes / nClasses, nLeaves: nLeaves / nClasses }
    return { ...super.describe(), ...counts }
  }
}
