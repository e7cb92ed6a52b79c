// What the threads of one boosting job share.

/**
 * A boosting job. All fields are u32, in this order; `boostJobFields` on the other side names them again. A field that
 * names an array holds its address.
 */
@unmanaged
export class BoostJob {
  // data
  nRows: u32
  nFeatures: u32
  /**
   * u32 words, group by group of four bundles: nRows words each, whose bytes are those of the four. Before `bundleRows` group by
   * group of four features, with their bins.
   */
  words: u32
  /** What is to be lowered: one of the losses of `loss.ts`. */
  loss: u32
  /** u8 per row: its class, where there are classes. */
  labels: u32
  /** f32 per row: the number to be foretold, where there are no classes. */
  targets: u32
  /** f32 per row, or 0 where every row weighs 1. */
  weights: u32
  /** u32 per feature: its ordinary bins; the bin of that number is the one for missing values. */
  nBins: u32
  /** u32 per feature: 1 for a category. */
  isCategory: u32
  /** i8 per feature: 1 where scores may not fall as it rises, -1 where they may not rise, else 0. Itself 0 where all are. */
  monotone: u32
  nBundles: u32
  /** A `Place` per feature, a `Bundle` per bundle, and u32 per feature: the features, bundle after bundle. */
  places: u32
  bundles: u32
  members: u32
  histogramBytes: u32
  // options
  maxLeaves: u32
  maxDepth: u32
  minSamplesLeaf: u32
  /** Further options, as f64: `BoostRates`. */
  rates: u32
  // what the next tree is grown from
  /** u8 per row: 1 for those that no tree is grown from, or 0 where there are none. */
  held: u32
  /** A row is drawn if its hash under this key is not above the limit; all bits set draws every row. */
  rowKey: u32
  rowLimit: u32
  /** u8 per feature: 1 for those that may be split, and the first of them. */
  drawn: u32
  firstDrawn: u32
  /** u8 per bundle: 1 for those with a feature that may be split. */
  drawnBundles: u32
  // threads
  nThreads: u32
  /** 128 bytes, zero: see `arrive`. */
  barrier: u32
  /** Parts that the rows are dealt out to: 1 with one thread, else some for each. */
  nParts: u32
  /** u32 per part or bundle, whichever are more: the last step that it was taken in, `claimBytes` for each thread. See `take`. */
  claims: u32
  claimBytes: u32
  /** Of several classes, the one that the next tree is for; else 0. */
  classAtHand: u32
  nClasses: u32
  /** 1 where losses are summed after the last tree of each round, of the rows held out if there are any. */
  isFollowed: u32
  // state
  /** f32 per row: the raw score so far; class after class where there are several. */
  scores: u32
  /** f32 per row: logarithm of the sum of the exponentials of its scores, where there are several classes. */
  normalisers: u32
  /** u64 per row: gradient and hessian, as two f32, later as one cell. */
  cells: u32
  /** u32 per row, whole blocks: rows, leaf by leaf within each part, see `placeOfPart`. */
  rows: u32
  /** As long. */
  spareRows: u32
  /** Two f64 per block of rows: sums of |gradient| and of hessian. */
  blockSums: u32
  /** A histogram for each leaf. */
  histograms: u32
  /** A histogram for each thread; unused with one thread. */
  partials: u32
  /** A `Split` per feature, for two leaves. */
  splits: u32
  /** A `Leaf` per leaf, for each thread. */
  leaves: u32
  /** Two u32 per leaf and part: where the leaf's rows begin and end among those of the part. */
  spans: u32
  /** SCRATCH_BYTES for each thread. */
  scratch: u32
  // result
  nodes: u32
  sets: u32
  nNodes: u32
  nSetWords: u32
}

/** Options that are not whole numbers, all f64; `boostRateFields` names them again. */
@unmanaged
export class BoostRates {
  learningRate: f64
  l1: f64
  l2: f64
  minGain: f64
  minHessian: f64
  /** Added to a category's hessian when categories are put in order. */
  categorySmoothing: f64
  /** Added to l2 for splits of categories with more than a few levels. */
  categoryL2: f64
  /** Of the Tweedie loss, above 1 and below 2. */
  power: f64
  /** Hessians of the Poisson and of the softmax loss are multiplied by this. */
  hessianFactor: f64
}

/**
 * Rows whose gradients are summed by themselves. Parts are of whole blocks, so no sum depends on the number of threads, and have
 * them in turn: rows that lie together, such as those of a leaf where the table is sorted by what it splits, are then shared out
 * evenly.
 */
export const BLOCK_ROWS: u32 = 1024

@inline
function countBlocks(job: BoostJob): u32 {
  return (job.nRows + BLOCK_ROWS - 1) / BLOCK_ROWS
}

/** First row of the part's first block. */
@inline
export function firstBlock(part: u32): u32 {
  return part * BLOCK_ROWS
}

/** From the first row of one of a part's blocks to that of its next. */
@inline
export function blockStep(job: BoostJob): u32 {
  return job.nParts * BLOCK_ROWS
}

/** Behind the last row of the block that begins with row `first`. */
@inline
export function endOfBlock(job: BoostJob, first: u32): u32 {
  return min(job.nRows, first + BLOCK_ROWS)
}

/** Where the rows of a part are listed among those of all: whole blocks for each. */
export function placeOfPart(job: BoostJob, part: u32): u32 {
  const nBlocks = countBlocks(job)
  return (part * (nBlocks / job.nParts) + min(part, nBlocks % job.nParts)) * BLOCK_ROWS
}

/** Bytes of the scores of one class. */
@inline
export function classBytes(job: BoostJob): usize {
  return ((<usize>job.nRows + 15) & ~15) << 2
}

/** Scores of the class at hand. */
@inline
export function scoresOf(job: BoostJob): usize {
  return <usize>job.scores + <usize>job.classAtHand * classBytes(job)
}
