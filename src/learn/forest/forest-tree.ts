import { NODE_BYTES, nodeFlags } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import type { GrownTree, Trees } from '../trees/trees.ts'

/**
 * A tree of a forest as it was grown. With several classes a leaf's value is the number of the leaf as u32, and `shares` has the share
 * of each class in each leaf; else `shares` is empty.
 */
export type ForestTree = GrownTree & { shares: Float32Array<ArrayBuffer> }

/** Leaves are numbered in float32. */
const MOST_LEAVES = 2 ** 24

/**
 * Refuses rows of several classes that may make more leaves of a tree than float32 can number.
 * @throws TABLE_TOO_LARGE
 */
export function checkLeafNumbers(size: { nRows: number; nColumns: number; minSamplesLeaf: number }): void {
  const { nRows, nColumns, minSamplesLeaf } = size
  if (nRows / minSamplesLeaf <= MOST_LEAVES) return
  const limit = `${MOST_LEAVES} leaves of a tree of several classes; a minSamplesLeaf of ${Math.ceil(nRows / MOST_LEAVES)} makes no more`
  throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns, limit })
}

/**
 * A tree of several classes whose leaves say their number, from 0 in the order of the nodes, as float32 like any other value; the
 * shares are put in that order. In place. O(nodes x classes).
 */
export function numberLeaves({ nodes, sets, shares }: ForestTree, nClasses: number): ForestTree {
  const view = new DataView(nodes.buffer)
  const ordered = new Float32Array(shares.length)
  let leaf = 0
  for (const at of leavesOf(nodes)) {
    const from = view.getUint32(at + 8, true) * nClasses
    ordered.set(shares.subarray(from, from + nClasses), leaf * nClasses)
    view.setFloat32(at + 8, leaf++, true)
  }
  return { nodes, sets, shares: ordered }
}

/** Where the records of leaves begin, in the order of the nodes. */
export function* leavesOf(nodes: Uint8Array): Generator<number> {
  for (let at = 0; at < nodes.length; at += NODE_BYTES) if (nodes[at + 3] & nodeFlags.isLeaf) yield at
}

/** The trees with what their leaves say in place of the leaves' values: valueOf is given all leaves in the order of the nodes. O(nodes). */
export function withLeafValues({ nodes, starts, sets }: Trees, valueOf: (leaf: number) => number): Trees {
  const copy = nodes.slice()
  const view = new DataView(copy.buffer)
  let leaf = 0
  for (const at of leavesOf(copy)) view.setFloat32(at + 8, valueOf(leaf++), true)
  return { nodes: copy, starts, sets }
}
