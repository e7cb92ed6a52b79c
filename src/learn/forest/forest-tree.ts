import { NODE_BYTES, nodeFlags } from '../../kernels/index.ts'
import type { GrownTree } from '../trees/trees.ts'

/**
 * A tree of a forest as it was grown. With several classes a leaf's value is the number of the leaf, and `shares` has the share of
 * each class in each leaf; else `shares` is empty.
 */
export type ForestTree = GrownTree & { shares: Float32Array<ArrayBuffer> }

/** The tree whose leaves say the share of class k. O(nodes). */
export function treeOfClass({ nodes, sets, shares }: ForestTree, k: number, nClasses: number): GrownTree {
  const ofClass = nodes.slice()
  const view = new DataView(ofClass.buffer)
  for (let at = 0; at < ofClass.length; at += NODE_BYTES) {
    if (!(ofClass[at + 3] & nodeFlags.isLeaf)) continue
    view.setFloat32(at + 8, shares[view.getUint32(at + 8, true) * nClasses + k], true)
  }
  return { nodes: ofClass, sets }
}
