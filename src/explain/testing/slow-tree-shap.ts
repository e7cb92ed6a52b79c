import { slowShare, type SlowTree } from './slow-trees.ts'

/** A feature on the way from the root to a node. */
type Element = {
  feature: number
  /** Share of training rows that would follow the path if the feature were not known. */
  zero: number
  /** 1 if the explained row follows it, else 0. */
  one: number
  /** Of the subsets of this many known features before it. */
  weight: number
}

/**
 * Adds a tree's path-dependent Shapley values to phi, by the classic recursion.
 *
 * Source: Lundberg, Erion & Lee (2018), Consistent individualized feature attribution for tree ensembles, algorithm 2.
 * O(leaves x depth^2).
 */
export function addSlowTreeShap(tree: SlowTree, bins: number[], phi: Float64Array): void {
  const visit = (node: SlowTree, parentPath: Element[], element: Omit<Element, 'weight'>): void => {
    let path = extend(parentPath, element)
    if ('value' in node) {
      for (let i = 1; i < path.length; i++) {
        const { feature, one, zero } = path[i]
        const weight = unwind(path, i).reduce((sum, { weight }) => sum + weight, 0)
        phi[feature] += weight * (one - zero) * node.value
      }
      return
    }
    const { feature, left, right } = node
    const [hot, cold] = node.isRight(bins[feature]) ? [right, left] : [left, right]
    let known = { zero: 1, one: 1 }
    const before = path.findIndex((element, i) => i > 0 && element.feature === feature)
    if (before > 0) {
      known = path[before]
      path = unwind(path, before)
    }
    visit(hot, path, { feature, zero: known.zero * slowShare(node, hot), one: known.one })
    visit(cold, path, { feature, zero: known.zero * slowShare(node, cold), one: 0 })
  }
  visit(tree, [], { feature: -1, zero: 1, one: 1 })
}

function extend(path: Element[], element: Omit<Element, 'weight'>): Element[] {
  const n = path.length
  const longer = [...path.map((other) => ({ ...other })), { ...element, weight: n === 0 ? 1 : 0 }]
  for (let i = n - 1; i >= 0; i--) {
    longer[i + 1].weight += (element.one * longer[i].weight * (i + 1)) / (n + 1)
    longer[i].weight = (element.zero * longer[i].weight * (n - i)) / (n + 1)
  }
  return longer
}

/** The path without element i, as if it had never been extended by it. */
function unwind(path: Element[], i: number): Element[] {
  const { one, zero } = path[i]
  const last = path.length - 1
  const weights = path.map(({ weight }) => weight)
  let next = weights[last]
  for (let j = last - 1; j >= 0; j--) {
    if (one === 0) {
      weights[j] = zero === 0 ? 0 : (weights[j] * (last + 1)) / (zero * (last - j))
      continue
    }
    const before = weights[j]
    weights[j] = (next * (last + 1)) / ((j + 1) * one)
    next = before - (weights[j] * zero * (last - j)) / (last + 1)
  }
  return path.filter((_, j) => j !== i).map((element, j) => ({ ...element, weight: weights[j] }))
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
      for (const feature of needed) phi[feature] += node.value * beta(a - 1, b)
      for (const feature of unwanted) phi[feature] -= node.value * beta(a, b - 1)
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

/** a! b! / (a + b + 1)! */
function beta(a: number, b: number): number {
  let result = 1 / (a + b + 1)
  for (let k = 1; k <= b; k++) result *= k / (a + k)
  return result
}
