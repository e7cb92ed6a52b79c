import { below32, type PeerTree } from './peer-tree.ts'

/** A tree in XGBoost's model as JSON. */
export type XgboostTree = {
  left_children: number[]
  right_children: number[]
  split_indices: number[]
  /** A number goes left if it is below; the value of a leaf. */
  split_conditions: number[]
  default_left: number[]
  /** 1 for a category. */
  split_type: number[]
  sum_hessian: number[]
  /** Levels that go right, one node after another. */
  categories: number[]
  categories_nodes: number[]
  categories_segments: number[]
  categories_sizes: number[]
}

/** A tree of XGBoost. The covers are sums of second derivatives, which squared error makes numbers of rows. */
export function xgboostTree(tree: XgboostTree, levels: Record<number, number>): PeerTree {
  const build = (index: number): PeerTree => {
    const left = tree.left_children[index]
    const condition = tree.split_conditions[index]
    if (left < 0) return { value: condition, cover: tree.sum_hessian[index] }
    const feature = tree.split_indices[index]
    const children: [PeerTree, PeerTree] = [build(left), build(tree.right_children[index])]
    const common = { feature, missingRight: tree.default_left[index] === 0, children }
    if (tree.split_type[index] === 0) return { ...common, threshold: below32(Math.fround(condition)) }
    const place = tree.categories_nodes.indexOf(index)
    const begin = tree.categories_segments[place]
    const right = tree.categories.slice(begin, begin + tree.categories_sizes[place])
    return {
      ...common,
      left: Array.from({ length: levels[feature] }, (_, level) => level).filter((l) => !right.includes(l)),
    }
  }
  return build(0)
}
