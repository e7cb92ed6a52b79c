import { MISSING_BIN, NODE_BYTES, nodeFlags } from '../../kernels/index.ts'
import type { ColumnShape } from '../model/algorithm.ts'

/** The trees of an ensemble as the kernels read them: little-endian, records as in `kernels/wasm/node.ts`. */
export type Trees = {
  /** Node records of all trees, 12 bytes each; the first of each tree is its root. */
  nodes: Uint8Array
  /** Two numbers a tree: index of its root among all nodes, index of its first word among all sets. */
  starts: Uint32Array
  /** Words of the category splits' sets of bins. */
  sets: Uint32Array
}

/** One tree by itself, as it was grown. */
export type GrownTree = { nodes: Uint8Array<ArrayBuffer>; sets: Uint32Array<ArrayBuffer> }

/** Joins trees in their order. */
export function joinTrees(grown: readonly GrownTree[]): Trees {
  const starts = new Uint32Array(2 * grown.length)
  let nNodes = 0
  let nWords = 0
  grown.forEach((tree, t) => {
    starts.set([nNodes, nWords], 2 * t)
    nNodes += tree.nodes.length / NODE_BYTES
    nWords += tree.sets.length
  })
  const nodes = new Uint8Array(nNodes * NODE_BYTES)
  const sets = new Uint32Array(nWords)
  grown.forEach((tree, t) => {
    nodes.set(tree.nodes, starts[2 * t] * NODE_BYTES)
    sets.set(tree.sets, starts[2 * t + 1])
  })
  return { nodes, starts, sets }
}

/**
 * About how many bytes trees of so many leaves each take as they are joined, when they are there twice: nodes, and for splits of
 * categories a bit for each bin, where splits fall on all columns alike.
 */
export function bytesOfTrees(nTrees: number, nLeaves: number, columns: readonly ColumnShape[]): number {
  const setBytes = columns.reduce((sum, column) => sum + (column.kind === 'category' ? setBytesOf(column) : 0), 0)
  return Math.ceil(2 * nTrees * nLeaves * (2 * NODE_BYTES + setBytes / columns.length))
}

function setBytesOf({ nLevels }: { nLevels: number }): number {
  return 4 * Math.ceil(Math.min(nLevels + 1, MISSING_BIN) / 32)
}

/** Trees [begin, end) of an ensemble, by themselves, in the same memory but for their starts. O(end − begin). */
export function sliceTrees({ nodes, starts, sets }: Trees, begin: number, end: number): Trees {
  const startOf = (t: number): [node: number, word: number] =>
    2 * t < starts.length ? [starts[2 * t], starts[2 * t + 1]] : [nodes.length / NODE_BYTES, sets.length]
  const [[firstNode, firstWord], [endNode, endWord]] = [startOf(begin), startOf(end)]
  return {
    nodes: nodes.subarray(firstNode * NODE_BYTES, endNode * NODE_BYTES),
    starts: starts.slice(2 * begin, 2 * end).map((start, i) => start - (i % 2 === 0 ? firstNode : firstWord)),
    sets: sets.subarray(firstWord, endWord),
  }
}

/** Sizes of an ensemble, for people. */
export function countNodes({ nodes, starts }: Trees): { nTrees: number; nNodes: number; nLeaves: number } {
  const nTrees = starts.length / 2
  const nNodes = nodes.length / NODE_BYTES
  // A binary tree has one leaf more than splits.
  return { nTrees, nNodes, nLeaves: (nNodes + nTrees) / 2 }
}

/** One node, decoded. Indices of children are relative to the tree's root. */
export type TreeNode =
  | { kind: 'leaf'; nSamples: number; value: number }
  | { kind: 'number'; feature: number; bin: number; missingRight: boolean; left: number }
  | { kind: 'category'; feature: number; firstWord: number; missingRight: boolean; left: number }

/** Decodes the node with this index among all nodes. */
export function readNode(view: DataView, index: number): TreeNode {
  const at = index * NODE_BYTES
  const flags = view.getUint8(at + 3)
  const next = view.getUint32(at + 4, true)
  if (flags & nodeFlags.isLeaf) return { kind: 'leaf', nSamples: next, value: view.getFloat32(at + 8, true) }
  const feature = view.getUint16(at, true)
  const missingRight = (flags & nodeFlags.missingRight) !== 0
  if (flags & nodeFlags.isCategory) {
    return { kind: 'category', feature, firstWord: view.getUint32(at + 8, true), missingRight, left: next }
  }
  return { kind: 'number', feature, bin: view.getUint8(at + 2), missingRight, left: next }
}

/**
 * Looks for anything that would lead an evaluator outside its memory or round in circles: O(nodes).
 * @param nBins ordinary bins of each feature
 * @param isLeafValue what a leaf may say
 * @returns what is wrong with the first faulty node, or undefined
 */
export function findTreeFault(
  trees: Trees,
  nBins: readonly number[],
  isLeafValue: (value: number) => boolean,
): string | undefined {
  const nNodes = trees.nodes.length / NODE_BYTES
  const nTrees = trees.starts.length / 2
  const view = new DataView(trees.nodes.buffer, trees.nodes.byteOffset, trees.nodes.byteLength)
  for (let t = 0; t < nTrees; t++) {
    const root = trees.starts[2 * t]
    const end = t + 1 < nTrees ? trees.starts[2 * t + 2] : nNodes
    const firstWord = trees.starts[2 * t + 1]
    const endWord = t + 1 < nTrees ? trees.starts[2 * t + 3] : trees.sets.length
    if (root >= end || end > nNodes || firstWord > endWord || endWord > trees.sets.length)
      return `tree ${t} is out of place`
    for (let index = root; index < end; index++) {
      const node = readNode(view, index)
      const where = `node ${index - root} of tree ${t}`
      if (node.kind === 'leaf') {
        if (!isLeafValue(node.value)) return `${where} has the value ${node.value}`
        continue
      }
      if (node.feature >= nBins.length) return `${where} splits feature ${node.feature} of ${nBins.length}`
      if (node.left <= index - root || root + node.left + 1 >= end) return `${where} has no children`
      if (node.kind === 'category' && firstWord + node.firstWord + Math.ceil(nBins[node.feature] / 32) > endWord) {
        return `${where} has no set of levels`
      }
    }
  }
  return undefined
}
