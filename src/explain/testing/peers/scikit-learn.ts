import type { PeerTree } from './peer-tree.ts'

/** The arrays of a fitted `Tree` of scikit-learn. */
export type ScikitLearnTree = {
  children_left: number[]
  children_right: number[]
  feature: number[]
  /** A number goes left up to it. */
  threshold: number[]
  weighted_n_node_samples: number[]
  value: number[]
}

/** A regression tree of scikit-learn without missing values. */
export function scikitLearnTree(tree: ScikitLearnTree): PeerTree {
  const build = (index: number): PeerTree => {
    const left = tree.children_left[index]
    if (left < 0) return { value: tree.value[index], cover: tree.weighted_n_node_samples[index] }
    const children: [PeerTree, PeerTree] = [build(left), build(tree.children_right[index])]
    return { feature: tree.feature[index], threshold: tree.threshold[index], missingRight: false, children }
  }
  return build(0)
}
