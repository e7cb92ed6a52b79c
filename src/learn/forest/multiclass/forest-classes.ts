import type { Table } from '../../table.ts'
import { TreeEvaluator } from '../../trees/evaluator.ts'
import { FittedTrees, type RawScale, type TreeParts } from '../../trees/models/fitted-trees.ts'
import { toShares } from '../../trees/models/to-shares.ts'
import type { Trees } from '../../trees/trees.ts'
import type { FittedForestOptions } from '../forest.ts'
import { withLeafValues } from '../forest-tree.ts'

/** What the leaves of trees say about several classes: the share of each in each leaf, tree by tree, leaf by leaf. */
export type ClassShares = { nClasses: number; shares: Float32Array }

/**
 * A fitted forest for several classes with its preparation. The probability of a class is the mean over the trees of its share in
 * the leaves that a row reaches. A tree is walked once for all classes: its leaves' values are their numbers in the tree, in the order
 * of its nodes.
 */
export class ForestClasses extends FittedTrees<FittedForestOptions, number[]> {
  readonly nClasses: number
  readonly shares: Float32Array
  readonly #evaluator: TreeEvaluator
  /** For each tree where its first leaf has its shares. */
  readonly #firstShares: Float64Array

  constructor(parts: TreeParts<FittedForestOptions>, { nClasses, shares }: ClassShares) {
    super(parts)
    const { starts } = parts.trees
    const nTrees = starts.length / 2
    this.nClasses = nClasses
    this.shares = shares
    this.#evaluator = new TreeEvaluator(parts.preparation, parts.trees, nTrees)
    // A binary tree has one leaf more than splits.
    this.#firstShares = Float64Array.from({ length: nTrees }, (_, t) => (nClasses * (starts[2 * t] + t)) / 2)
  }

  /** As in `FittedTrees`. @returns Float64Array, shape (nRows, nClasses), row by row; each row sums to 1 */
  predict(table: Table): Float64Array {
    const { nClasses } = this
    const scores = new Float64Array(table.nRows * nClasses)
    this.#evaluator.visitSums(table, (tree, begin, leaves) => {
      for (let i = 0; i < leaves.length; i++) this.#addShares(tree, leaves[i], scores, (begin + i) * nClasses)
    })
    for (let at = 0; at < scores.length; at += nClasses) toShares(scores.subarray(at, at + nClasses))
    return scores
  }

  predictRow(row: Readonly<Record<string, unknown>>): number[] {
    const scores = new Float64Array(this.nClasses)
    this.#evaluator.sumsOfRow(row).forEach((leaf, tree) => this.#addShares(tree, leaf, scores, 0))
    // They add up to the number of trees but for the rounding of leaves.
    toShares(scores)
    return [...scores]
  }

  rawScale(): RawScale {
    return { baseScore: 0, scale: 1 / this.options.nTrees, unit: 'probability' }
  }

  /** The trees with the share of class k in the leaves. O(nodes). */
  override treesOf(k: number): Trees {
    return withLeafValues(this.trees, (leaf) => this.shares[leaf * this.nClasses + k])
  }

  #addShares(tree: number, leaf: number, scores: Float64Array, at: number): void {
    const { nClasses, shares } = this
    const from = this.#firstShares[tree] + leaf * nClasses
    for (let k = 0; k < nClasses; k++) scores[at + k] += shares[from + k]
  }
}
