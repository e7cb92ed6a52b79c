// Sums of the leaf values that rows of bins reach in trees of at most 32 leaves, without a walk down the trees. Each bin of each
// feature rules leaves out; the first leaf, from the left, that no feature rules out is the one the row reaches (QuickScorer:
// Lucchese et al. 2015). As rows are binned, what a bin rules out in sixteen trees is looked up as one line of the cache.
// The values are added in the order of the trees, as `evaluateRows` adds them: the sums are equal bit for bit.

/** Trees whose leaves are ruled out together: sixteen masks of 32 bits fill a line of the cache. */
const BLOCK_TREES: u32 = 16
const LINE_BYTES: u32 = 64

/** One feature that some tree of a block splits. */
@unmanaged
class MaskFeature {
  feature: u32
  /** Ordinary bins; the line behind theirs is that of missing values. */
  nBins: u32
  /** Address of the line of bin 0. */
  lines: u32
}

const FEATURE_BYTES: usize = 12

/** Sixteen trees, or fewer at the end of all. */
@unmanaged
class MaskBlock {
  nTrees: u32
  nFeatures: u32
  /** MaskFeature each. */
  features: u32
  /** 32 float32 for each tree, by leaf from the left. */
  values: u32
}

const BLOCK_BYTES: usize = 16

@unmanaged
export class LeafMasks {
  nBlocks: u32
  /** MaskBlock each. */
  blocks: u32
  /** Bytes of a row of bins. */
  stride: u32
}

@inline
function firstLeaf(mask: u32, values: usize): f64 {
  return <f64>load<f32>(values + ((<usize>ctz(mask)) << 2))
}

/** The sum so far plus the values of the leaves of one row in the trees of a block. */
@inline
function addBlock(block: MaskBlock, row: usize, sum: f64): f64 {
  let a = i32x4.splat(-1)
  let b = a
  let c = a
  let d = a
  let at = <usize>block.features
  const end = at + <usize>block.nFeatures * FEATURE_BYTES
  for (; at < end; at += FEATURE_BYTES) {
    const feature = changetype<MaskFeature>(at)
    const bin = <u32>load<u8>(row + <usize>feature.feature)
    const line = <usize>(feature.lines + min(bin, feature.nBins) * LINE_BYTES)
    a = v128.and(a, v128.load(line))
    b = v128.and(b, v128.load(line, 16))
    c = v128.and(c, v128.load(line, 32))
    d = v128.and(d, v128.load(line, 48))
  }
  let values = <usize>block.values
  const nTrees = block.nTrees
  if (nTrees < BLOCK_TREES) {
    for (let t: u32 = 0; t < nTrees; t++, values += 128) {
      const quarter = t < 4 ? a : t < 8 ? b : t < 12 ? c : d
      sum += firstLeaf(laneOf(quarter, t & 3), values)
    }
    return sum
  }
  sum = addQuarter(a, values, sum)
  sum = addQuarter(b, values + 512, sum)
  sum = addQuarter(c, values + 1024, sum)
  return addQuarter(d, values + 1536, sum)
}

@inline
function addQuarter(masks: v128, values: usize, sum: f64): f64 {
  sum += firstLeaf(<u32>i32x4.extract_lane(masks, 0), values)
  sum += firstLeaf(<u32>i32x4.extract_lane(masks, 1), values + 128)
  sum += firstLeaf(<u32>i32x4.extract_lane(masks, 2), values + 256)
  return sum + firstLeaf(<u32>i32x4.extract_lane(masks, 3), values + 384)
}

function laneOf(masks: v128, lane: u32): u32 {
  if (lane == 0) return <u32>i32x4.extract_lane(masks, 0)
  if (lane == 1) return <u32>i32x4.extract_lane(masks, 1)
  if (lane == 2) return <u32>i32x4.extract_lane(masks, 2)
  return <u32>i32x4.extract_lane(masks, 3)
}

/** Sums for n rows of bins, one float64 each. A block's lines stay in the cache for all rows. */
export function sumByMasks(masks: LeafMasks, rows: usize, n: u32, out: usize): void {
  memory.fill(out, 0, <usize>n << 3)
  const stride = <usize>masks.stride
  for (let k: u32 = 0; k < masks.nBlocks; k++) {
    const block = changetype<MaskBlock>(<usize>masks.blocks + <usize>k * BLOCK_BYTES)
    let row = rows
    const end = out + (<usize>n << 3)
    for (let to = out; to < end; to += 8, row += stride) store<f64>(to, addBlock(block, row, load<f64>(to)))
  }
}

/** The sum for one row of bins. */
export function sumRowByMasks(masks: LeafMasks, row: usize): f64 {
  let sum: f64 = 0
  for (let k: u32 = 0; k < masks.nBlocks; k++) {
    sum = addBlock(changetype<MaskBlock>(<usize>masks.blocks + <usize>k * BLOCK_BYTES), row, sum)
  }
  return sum
}
