// Grows one classification tree of a random forest, from drawing its bootstrap sample to its last leaf.
import { ONE_SAMPLE, drawn, isPure, positiveOf, samplesOf, weightOf } from './cell'
import { accumulate, collectRuns, gatherCells } from './histogram'
import { IS_CATEGORY, IS_LEAF, MISSING_RIGHT, NODE_BYTES, Node } from './node'
import { rankByRate } from './order'
import { partition, sidesOf } from './partition'
import { Random, nextBelow } from './philox'
import { Split, bestGiniSplit } from './split'

/**
 * One tree's work order. All fields are u32, in this order; `growJobFields` on the other side names them again.
 * Addresses under "scratch" and "results" belong to one thread.
 */
@unmanaged
export class GrowJob {
  // data, shared by all threads
  nRows: u32
  nFeatures: u32
  /** u8, feature by feature: nRows bins each. */
  bins: u32
  /** u8 per row: 0 or 1. */
  labels: u32
  /** u32 per feature: 0 for a number, for a category its number of bins. */
  levels: u32
  // options
  maxFeatures: u32
  minSamplesLeaf: u32
  maxDepth: u32
  // random state: key = seed, stream = number of the tree
  key: u32
  stream: u32
  position: u32
  spare: u32
  // scratch
  /** u64 per row: its cell. */
  cells: u32
  /** u64 per row: cells in the order of a node's rows. */
  ordered: u32
  /** u32 per row: rows of the sample, node by node. */
  rows: u32
  /** u32 per row. */
  spareRows: u32
  /** 256 bytes per feature: rank of each bin. */
  ranks: u32
  /** u32 per feature. */
  permutation: u32
  /** Histogram, runs, sides, stack: see the offsets below. */
  work: u32
  // results
  /** Node records. */
  nodes: u32
  /** u32 words of category sets. */
  sets: u32
  nNodes: u32
  nSetWords: u32
}

// Offsets in `work`, which must be zero before the first tree and is left zero where it has to be.
const HISTOGRAM: usize = 0 // 256 x u64
const SEEN: usize = 2048 // 4 x u64
const MISSING_CELL: usize = 2080 // u64
const SPLIT: usize = 2088 // one Split
const SIDE: usize = 2128 // 256 x u8
const RUN_SLOTS: usize = 2384 // 256 x u32
const RUN_CELLS: usize = 3408 // 256 x u64
const STACK: usize = 5456 // 64 entries of 16 bytes: the smaller side is taken first, so 2^32 rows need 33
export const WORK_BYTES: usize = 6480

@unmanaged
class Pending {
  begin: u32
  end: u32
  node: u32
  depth: u32
}

/** Grows the tree that `job` describes; writes nodes, sets and their numbers. Allocates nothing. */
export function growTree(job: GrowJob): void {
  const nSampled = drawSample(job)
  rankLevels(job, job.nRows - nSampled)
  const permutation = <usize>job.permutation
  for (let f: u32 = 0; f < job.nFeatures; f++) store<u32>(permutation + (f << 2), f)
  job.nNodes = 1
  job.nSetWords = 0
  const stack = <usize>job.work + STACK
  let top = stack
  push(top, 0, nSampled, 0, 0)
  while (true) {
    const pending = changetype<Pending>(top)
    const begin = pending.begin
    const end = pending.end
    const depth = pending.depth
    const left = growNode(job, begin, end, pending.node, depth)
    if (left == end) {
      if (top == stack) return
      top -= 16
      continue
    }
    const child = job.nNodes - 2
    if (left - begin > end - left) {
      push(top, begin, left, child, depth + 1)
      push(top + 16, left, end, child + 1, depth + 1)
    } else {
      push(top, left, end, child + 1, depth + 1)
      push(top + 16, begin, left, child, depth + 1)
    }
    top += 16
  }
}

@inline
function push(at: usize, begin: u32, end: u32, node: u32, depth: u32): void {
  const pending = changetype<Pending>(at)
  pending.begin = begin
  pending.end = end
  pending.node = node
  pending.depth = depth
}

/** Draws nRows rows with replacement. Sampled rows go to `rows`, the others to `spareRows`; returns how many were sampled. */
function drawSample(job: GrowJob): u32 {
  const n = job.nRows
  const cells = <usize>job.cells
  const random = changetype<Random>(offsetof<GrowJob>('key') + changetype<usize>(job))
  memory.fill(cells, 0, <usize>n << 3)
  for (let i: u32 = 0; i < n; i++) {
    const row = <usize>nextBelow(random, n)
    const at = cells + (row << 3)
    store<u64>(at, load<u64>(at) + drawn(<u64>load<u8>(<usize>job.labels + row)))
  }
  let sampled = <usize>job.rows
  let others = <usize>job.spareRows
  for (let row: u32 = 0; row < n; row++) {
    const at = cells + (<usize>row << 3)
    const cell = load<u64>(at)
    if (cell == 0) {
      store<u32>(others, row)
      others += 4
    } else {
      store<u64>(at, cell + ONE_SAMPLE)
      store<u32>(sampled, row)
      sampled += 4
    }
  }
  return <u32>((sampled - <usize>job.rows) >> 2)
}

/** Rank tables of this tree: by positive rate among the nOthers rows out of bag for categories, the bin itself for numbers. */
function rankLevels(job: GrowJob, nOthers: u32): void {
  for (let f: u32 = 0; f < job.nFeatures; f++) {
    const rank = <usize>job.ranks + (<usize>f << 8)
    for (let bin: u32 = 0; bin < 256; bin++) store<u8>(rank + bin, <u8>bin)
    const nBins = load<u32>(<usize>job.levels + (f << 2))
    if (nBins == 0) continue
    const column = <usize>job.bins + <usize>f * <usize>job.nRows
    // The runs are not in use between trees; together they are the scratch that is needed.
    rankByRate(column, nBins, job.labels, job.spareRows, nOthers, rank, <usize>job.work + RUN_SLOTS)
  }
}

/** Splits a node or makes it a leaf. Returns where its right side begins, or `end` for a leaf. */
function growNode(job: GrowJob, begin: u32, end: u32, index: u32, depth: u32): u32 {
  const ordered = <usize>job.ordered
  const total = gatherCells(job.cells, job.rows, begin, end, ordered)
  const node = changetype<Node>(<usize>job.nodes + <usize>index * NODE_BYTES)
  const split = changetype<Split>(<usize>job.work + SPLIT)
  if (
    end - begin < 2 * job.minSamplesLeaf ||
    depth >= job.maxDepth ||
    isPure(total) ||
    !findSplit(job, begin, end, total, split)
  ) {
    node.feature = 0
    node.bin = 0
    node.flags = <u8>IS_LEAF
    node.next = samplesOf(total)
    node.payload = reinterpret<u32>(<f32>(positiveOf(total) / weightOf(total)))
    return end
  }
  const feature = split.feature
  const side = <usize>job.work + SIDE
  sidesOf(<usize>job.ranks + (<usize>feature << 8), split.slot, split.missingRight, side)
  const nBins = load<u32>(<usize>job.levels + (feature << 2))
  node.feature = <u16>feature
  node.bin = <u8>(nBins ? 0 : split.slot)
  node.flags = <u8>((nBins ? IS_CATEGORY : 0) | (split.missingRight ? MISSING_RIGHT : 0))
  node.next = job.nNodes
  node.payload = nBins ? writeSet(job, side, nBins) : 0
  job.nNodes += 2
  return partition(<usize>job.bins + <usize>feature * <usize>job.nRows, side, job.rows, begin, end, job.spareRows)
}

/** The best split over randomly drawn features: `maxFeatures` of them, and more while all drawn ones are constant here. */
function findSplit(job: GrowJob, begin: u32, end: u32, total: u64, split: Split): bool {
  const random = changetype<Random>(offsetof<GrowJob>('key') + changetype<usize>(job))
  const permutation = <usize>job.permutation
  const work = <usize>job.work
  split.score = -1
  let found = false
  let varied = false
  for (let drawn: u32 = 0; drawn < job.nFeatures && (drawn < job.maxFeatures || !varied); drawn++) {
    const here = permutation + (drawn << 2)
    const there = permutation + ((drawn + nextBelow(random, job.nFeatures - drawn)) << 2)
    const feature = load<u32>(there)
    store<u32>(there, load<u32>(here))
    store<u32>(here, feature)
    const column = <usize>job.bins + <usize>feature * <usize>job.nRows
    const rank = <usize>job.ranks + (<usize>feature << 8)
    accumulate(column, rank, job.rows, begin, end, job.ordered, work + HISTOGRAM, work + SEEN)
    const n = collectRuns(work + HISTOGRAM, work + SEEN, work + RUN_SLOTS, work + RUN_CELLS, work + MISSING_CELL)
    const missing = load<u64>(work + MISSING_CELL)
    if (n + u32(missing != 0) < 2) continue
    varied = true
    if (bestGiniSplit(work + RUN_SLOTS, work + RUN_CELLS, n, missing, total, job.minSamplesLeaf, split)) {
      split.feature = feature
      found = true
    }
  }
  return found
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
