import { shareOfOrders } from '../tree-shap/orders.ts'
import { slowShare, type SlowTree } from './slow-trees.ts'

/** Whether the explained row follows the path on a feature (1 or 0), and the share of training rows that does. */
type Followed = { one: number; zero: number }

/**
 * Adds a tree's path-dependent Shapley values to phi, leaf by leaf: what a leaf's features get is summed over the numbers of
 * known features before them. Unlike the classic recursion it divides by nothing and subtracts nothing, so deep paths lose
 * no digits.
 *
 * Source: Lundberg et al. (2020), From local explanations to global understanding with explainable AI for trees, algorithm 1.
 * O(leaves x depth^3).
 */
export function addSlowTreeShap(tree: SlowTree, bins: number[], phi: Float64Array): void {
  const visit = (node: SlowTree, path: Map<number, Followed>): void => {
    if ('value' in node) {
      for (const [feature, { one, zero }] of path) {
        const others = [...path].filter(([other]) => other !== feature).map(([, followed]) => followed)
        phi[feature] += node.value * (one - zero) * meanProduct(others)
      }
      return
    }
    const { feature } = node
    const { one, zero } = path.get(feature) ?? { one: 1, zero: 1 }
    for (const child of [node.left, node.right]) {
      const follows = (child === node.right) === node.isRight(bins[feature])
      const followed = { one: follows ? one : 0, zero: zero * slowShare(node, child) }
      visit(child, new Map(path).set(feature, followed))
    }
  }
  visit(tree, new Map())
}

/** The mean over all orders of these features and one more of the product of `one` for those before it, `zero` for the rest. */
function meanProduct(features: readonly Followed[]): number {
  // By the number of features known, the sum over the sets of that size.
  let sums = [1]
  for (const { one, zero } of features) {
    sums = [...sums.map((sum) => sum * zero), 0].map((sum, size) => sum + (size > 0 ? sums[size - 1] * one : 0))
  }
  const n = features.length
  return sums.reduce((total, sum, size) => total + sum * shareOfOrders(size, n - size), 0)
}

/**
 * Adds a tree's Shapley values against one background row to phi: in a leaf, the features of which only the row follows
 * the path must be the row's (a of them), those of which only the background row does must be the background's (b).
 *
 * Source: Lundberg et al. (2020), From local explanations to global understanding with explainable AI for trees, algorithm 3.
 */
export function addSlowInterventional(tree: SlowTree, bins: number[], background: number[], phi: Float64Array): void {
  const visit = (node: SlowTree, row: Map<number, boolean>, other: Map<number, boolean>): void => {
    if ('value' in node) {
      const features = [...row.keys()]
      if (features.some((feature) => !row.get(feature) && !other.get(feature))) return
      const needed = features.filter((feature) => !other.get(feature))
      const unwanted = features.filter((feature) => !row.get(feature))
      const [a, b] = [needed.length, unwanted.length]
      for (const feature of needed) phi[feature] += node.value * shareOfOrders(a - 1, b)
      for (const feature of unwanted) phi[feature] -= node.value * shareOfOrders(a, b - 1)
      return
    }
    const { feature } = node
    for (const isRight of [false, true]) {
      const follows = (bins: number[], known: Map<number, boolean>): Map<number, boolean> =>
        new Map(known).set(feature, (known.get(feature) ?? true) && node.isRight(bins[feature]) === isRight)
      visit(isRight ? node.right : node.left, follows(bins, row), follows(background, other))
    }
  }
  visit(tree, new Map(), new Map())
}
