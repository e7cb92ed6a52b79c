import { MISSING_BIN, NODE_BYTES } from '../../kernels/index.ts'
import { countBins, readNode, type TreeEnsemble, type TreeNode, type Trees } from '../../learn/index.ts'

/** One tree with what TreeSHAP needs to know about it. Nodes have their index in the tree; splits are numbered in that order. */
export type TreeOutline = {
  nNodes: number
  /** Node of each split. Parents come before children. */
  splits: Uint32Array
  /** Node of the left child of each split; the right one follows. */
  left: Uint32Array
  feature: Uint32Array
  /** Eight words a split: a bit for each bin that goes right. */
  sets: Uint32Array
  /** Value of each node that is a leaf, 1 for splits. */
  value: Float64Array
  /** Share of the parent's training rows in each node, one half where the parent has none; 1 for the root. */
  share: Float64Array
  /** The edge that leads to each split: edges 2 s + 1 and 2 s + 2 leave split s, 0 leads to the root. */
  parents: Uint32Array
  /** The last edge above each split that leaves a split on the same feature; 0 if there is none. */
  previous: Uint32Array
  /** How many different features the path down to and with each split has. */
  nPathFeatures: Uint32Array
}

type Split = Exclude<TreeNode, { kind: 'leaf' }>

/** Words of a set of bins. */
export const SET_WORDS = 8

/** The outline of tree t. O(nodes x depth) at most. */
export function outlineTree({ preparation, trees }: TreeEnsemble, t: number): TreeOutline {
  const { view, root, nNodes } = treeRange(trees, t)
  const splits = splitNodes(view, root, nNodes)
  const nSplits = splits.length
  const firstWord = trees.starts[2 * t + 1]
  const nBins = preparation.map(countBins)
  const outline: TreeOutline = {
    nNodes,
    splits,
    left: new Uint32Array(nSplits),
    feature: new Uint32Array(nSplits),
    sets: new Uint32Array(SET_WORDS * nSplits),
    value: new Float64Array(nNodes).fill(1),
    share: new Float64Array(nNodes).fill(1),
    parents: new Uint32Array(nSplits),
    previous: new Uint32Array(nSplits),
    nPathFeatures: new Uint32Array(nSplits),
  }
  const cover = new Float64Array(nNodes)
  const splitOf = new Uint32Array(nNodes)
  splits.forEach((node, s) => (splitOf[node] = s + 1))
  for (let index = nNodes - 1; index >= 0; index--) {
    const node = readNode(view, root + index)
    if (node.kind === 'leaf') {
      cover[index] = node.nSamples
      outline.value[index] = node.value
      continue
    }
    const s = splitOf[index] - 1
    const { left } = node
    cover[index] = cover[left] + cover[left + 1]
    outline.left[s] = left
    outline.feature[s] = node.feature
    outline.share[left] = cover[index] > 0 ? cover[left] / cover[index] : 1 / 2
    outline.share[left + 1] = cover[index] > 0 ? cover[left + 1] / cover[index] : 1 / 2
    if (splitOf[left] > 0) outline.parents[splitOf[left] - 1] = 2 * s + 1
    if (splitOf[left + 1] > 0) outline.parents[splitOf[left + 1] - 1] = 2 * s + 2
    writeSet(outline.sets, SET_WORDS * s, node, { words: trees.sets, firstWord, nBins: nBins[node.feature] })
  }
  followFeatures(outline)
  return outline
}

function treeRange(trees: Trees, t: number): { view: DataView; root: number; nNodes: number } {
  const { nodes, starts } = trees
  const root = starts[2 * t]
  const end = 2 * t + 2 < starts.length ? starts[2 * t + 2] : nodes.length / NODE_BYTES
  return { view: new DataView(nodes.buffer, nodes.byteOffset, nodes.byteLength), root, nNodes: end - root }
}

function splitNodes(view: DataView, root: number, nNodes: number): Uint32Array {
  const splits = new Uint32Array((nNodes - 1) / 2)
  let nSplits = 0
  for (let index = 0; index < nNodes; index++) {
    if (readNode(view, root + index).kind !== 'leaf') splits[nSplits++] = index
  }
  return splits
}

/** Words of the sets of a tree, and how many ordinary bins a split's feature has. */
type SetSource = { words: Uint32Array; firstWord: number; nBins: number }

/** Writes a bit for each bin that goes right. */
function writeSet(sets: Uint32Array, at: number, node: Split, { words, firstWord, nBins }: SetSource): void {
  if (node.kind === 'category') {
    const from = firstWord + node.firstWord
    for (let w = 0; w < Math.ceil(nBins / 32); w++) sets[at + w] = words[from + w]
  } else {
    const first = (node.bin + 1) >>> 5
    for (let w = first; w < SET_WORDS; w++) sets[at + w] = 0xffffffff
    if (first < SET_WORDS) sets[at + first] = 0xffffffff << ((node.bin + 1) & 31)
  }
  const missing = 1 << (MISSING_BIN & 31)
  const last = at + (MISSING_BIN >>> 5)
  sets[last] = node.missingRight ? sets[last] | missing : sets[last] & ~missing
}

/** Finds for each split the edge above that is about the same feature. */
function followFeatures(outline: TreeOutline): void {
  const { splits, feature, parents, previous, nPathFeatures } = outline
  for (let s = 0; s < splits.length; s++) {
    let edge = parents[s]
    const above = edge > 0 ? nPathFeatures[(edge - 1) >>> 1] : 0
    while (edge > 0 && feature[(edge - 1) >>> 1] !== feature[s]) edge = parents[(edge - 1) >>> 1]
    previous[s] = edge
    nPathFeatures[s] = above + (edge > 0 ? 0 : 1)
  }
}
