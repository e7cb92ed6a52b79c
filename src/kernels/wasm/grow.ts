// Grows one tree of a forest, from drawing its rows to its last leaf.
import { noCell, samplesOf, subtractCells, sumOf, weightOf } from './cell'
import { sumClasses, writeShares } from './classes'
import { drawRows } from './draw-rows'
import { GrowJob, SIDE, SPLIT, STACK } from './forest-job'
import { sumCells } from './histogram'
import { IS_CATEGORY, IS_LEAF, MISSING_RIGHT, NODE_BYTES, Node } from './node'
import { partition, sidesOf, sidesOfSet } from './partition'
import { findSplit, startSearch } from './search'
import { leftCell, LEVEL_SET, setOf, Split } from './split'

@unmanaged
class Pending {
  begin: u32
  end: u32
  node: u32
  depth: u32
  // The cell of its rows follows, 16 bytes.
}
const PENDING_BYTES: usize = 32

/** Grows the tree that `job` describes; writes nodes, sets and their numbers. Allocates nothing. */
export function growTree(job: GrowJob): void {
  if (job.isWide) growOf<v128>(job)
  else growOf<u64>(job)
}

function growOf<C>(job: GrowJob): void {
  const nDrawn = drawRows<C>(job)
  startSearch<C>(job, job.bootstrap ? job.nRows - nDrawn : 0)
  job.nNodes = 1
  job.nSetWords = 0
  job.nLeaves = 0
  const stack = <usize>job.work + STACK
  let top = stack
  push<C>(top, 0, nDrawn, 0, 0, sumCells<C>(job.cells, job.rows, 0, nDrawn))
  while (true) {
    const pending = changetype<Pending>(top)
    const begin = pending.begin
    const end = pending.end
    const depth = pending.depth
    const total = load<C>(top, offsetof<Pending>())
    const middle = growNode<C>(job, begin, end, pending.node, depth, total)
    if (middle == end) {
      if (top == stack) return
      top -= PENDING_BYTES
      continue
    }
    const child = job.nNodes - 2
    const left = leftCell<C>(changetype<Split>(<usize>job.work + SPLIT))
    const right = subtractCells<C>(total, left)
    if (middle - begin > end - middle) {
      push<C>(top, begin, middle, child, depth + 1, left)
      push<C>(top + PENDING_BYTES, middle, end, child + 1, depth + 1, right)
    } else {
      push<C>(top, middle, end, child + 1, depth + 1, right)
      push<C>(top + PENDING_BYTES, begin, middle, child, depth + 1, left)
    }
    top += PENDING_BYTES
  }
}

@inline
function push<C>(at: usize, begin: u32, end: u32, node: u32, depth: u32, total: C): void {
  const pending = changetype<Pending>(at)
  pending.begin = begin
  pending.end = end
  pending.node = node
  pending.depth = depth
  store<C>(at, total, offsetof<Pending>())
}

/** Splits a node or makes it a leaf. Returns where its right side begins, or `end` for a leaf. */
function growNode<C>(job: GrowJob, begin: u32, end: u32, index: u32, depth: u32, total: C): u32 {
  const node = changetype<Node>(<usize>job.nodes + <usize>index * NODE_BYTES)
  const split = changetype<Split>(<usize>job.work + SPLIT)
  if (
    end - begin < 2 * job.minSamplesLeaf ||
    depth >= job.maxDepth ||
    isPure<C>(job, begin, end, total) ||
    !findSplit<C>(job, begin, end, total)
  ) {
    node.feature = 0
    node.bin = 0
    node.flags = <u8>IS_LEAF
    node.next = samplesOf<C>(total)
    if (job.nClasses) {
      sumClasses(job, begin, end)
      node.payload = writeShares(job)
      return end
    }
    const mean = sumOf<C>(total) / weightOf<C>(total)
    node.payload = reinterpret<u32>(<f32>(isVector<C>() ? mean * load<f64>(job.leafScale) : mean))
    return end
  }
  const feature = split.feature
  const side = <usize>job.work + SIDE
  if (split.slot == LEVEL_SET) sidesOfSet(setOf(split), split.missingRight, side)
  else sidesOf(<usize>job.ranks + (<usize>feature << 8), split.slot, split.missingRight, side)
  const isCategory = load<u8>(<usize>job.isCategory + <usize>feature)
  node.feature = <u16>feature
  node.bin = <u8>(isCategory ? 0 : split.slot)
  node.flags = <u8>((isCategory ? IS_CATEGORY : 0) | (split.missingRight ? MISSING_RIGHT : 0))
  node.next = job.nNodes
  node.payload = isCategory ? writeSet(job, side, load<u32>(<usize>job.nBins + (<usize>feature << 2))) : 0
  job.nNodes += 2
  return partition<C>(<usize>job.bins + <usize>feature * <usize>job.nRows, side, job.rows, begin, end, job.spareRows)
}

/** True when all rows have one target. */
function isPure<C>(job: GrowJob, begin: u32, end: u32, total: C): bool {
  if (isVector<C>()) {
    if (job.isRegression || job.nClasses) {
      const values = <usize>job.values
      const first = load<f64>(values + (<usize>load<u32>(<usize>job.rows + (<usize>begin << 2)) << 3))
      for (let i = begin + 1; i < end; i++) {
        if (load<f64>(values + (<usize>load<u32>(<usize>job.rows + (<usize>i << 2)) << 3)) != first) return false
      }
      return true
    }
  }
  const sum = sumOf<C>(total)
  return sum == 0 || sum == weightOf<C>(total)
}

/** Appends the bins that go right as a set of bits; returns the index of its first word. */
function writeSet(job: GrowJob, side: usize, nBins: u32): u32 {
  const first = job.nSetWords
  const nWords = (nBins + 31) >> 5
  for (let w: u32 = 0; w < nWords; w++) {
    let word: u32 = 0
    for (let bit: u32 = 0; bit < 32; bit++) word |= <u32>load<u8>(side + ((w << 5) + bit)) << bit
    store<u32>(<usize>job.sets + (<usize>(first + w) << 2), word)
  }
  job.nSetWords = first + nWords
  return first
}
