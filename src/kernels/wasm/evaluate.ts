// Scores of rows of bins under an ensemble of trees. Both evaluators add the trees' values in the order of the trees, so
// a row has the same score alone and in a batch, bit for bit.
import { MISSING } from './bin'
import { IS_CATEGORY, IS_LEAF, MISSING_RIGHT, NODE_BYTES, Node } from './node'

/** Rows that go through one tree before the next tree's nodes are fetched. */
const BLOCK: u32 = 64

@unmanaged
export class Forest {
  /** Node records of all trees. */
  nodes: u32
  /** Two u32 per tree: index of its root among all nodes, index of its first word among all sets. */
  trees: u32
  nTrees: u32
  /** Words of the category sets of all trees. */
  sets: u32
  /** Bytes of a row of bins. */
  stride: u32
}

/** Value of the leaf that one row reaches in the tree whose first node and first set word are at these addresses. */
@inline
function leafValue(tree: usize, sets: usize, row: usize): f64 {
  let node = changetype<Node>(tree)
  while (!(node.flags & IS_LEAF)) {
    const bin = <u32>load<u8>(row + <usize>node.feature)
    let right: u32
    if (bin == MISSING) right = u32((node.flags & MISSING_RIGHT) != 0)
    else if (node.flags & IS_CATEGORY) {
      right = (load<u32>(sets + (<usize>(node.payload + (bin >> 5)) << 2)) >> (bin & 31)) & 1
    } else right = u32(bin > <u32>node.bin)
    node = changetype<Node>(tree + <usize>(node.next + right) * NODE_BYTES)
  }
  return <f64>reinterpret<f32>(node.payload)
}

@inline
function treeAt(forest: Forest, t: u32): usize {
  return <usize>forest.nodes + <usize>load<u32>(<usize>forest.trees + (<usize>t << 3)) * NODE_BYTES
}

@inline
function setsAt(forest: Forest, t: u32): usize {
  return <usize>forest.sets + (<usize>load<u32>(<usize>forest.trees + (<usize>t << 3), 4) << 2)
}

/** Sum of the leaf values over the trees for one row of bins. */
export function evaluateRow(forest: Forest, row: usize): f64 {
  let sum: f64 = 0
  for (let t: u32 = 0; t < forest.nTrees; t++) {
    sum += leafValue(treeAt(forest, t), setsAt(forest, t), row)
  }
  return sum
}

/** Sums of leaf values for n rows of bins, one float64 each. */
export function evaluateRows(forest: Forest, rows: usize, n: u32, out: usize): void {
  const stride = <usize>forest.stride
  for (let begin: u32 = 0; begin < n; begin += BLOCK) {
    const end = min(n, begin + BLOCK)
    for (let i = begin; i < end; i++) store<f64>(out + (<usize>i << 3), 0)
    for (let t: u32 = 0; t < forest.nTrees; t++) {
      const tree = treeAt(forest, t)
      const sets = setsAt(forest, t)
      for (let i = begin; i < end; i++) {
        const at = out + (<usize>i << 3)
        store<f64>(at, load<f64>(at) + leafValue(tree, sets, rows + <usize>i * stride))
      }
    }
  }
}
