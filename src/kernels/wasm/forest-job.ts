// What one tree of a forest is grown from, and where its scratch lies.
import { GROUP, HISTOGRAM_BYTES, LIST_BYTES } from './histogram'
import { SPLIT_BYTES } from './split'

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
  /** u32 per feature: how many ordinary bins it has. */
  nBins: u32
  /** u8 per feature: 1 for a category. */
  isCategory: u32
  /** u8 per row: 0 or 1. Narrow cells alone. */
  labels: u32
  /** f64 per row, a whole number: 0 or 1, or a target in fixed point. Wide cells alone. */
  values: u32
  /** f64 per row, a whole number: its weight in fixed point; 0 if each row weighs 1. Wide cells alone. */
  weights: u32
  /** Two u32 per row, threshold and alias, if rows are not drawn with equal chances; else 0. */
  aliases: u32
  /** 256 x f32 per feature: the middle of each bin, ascending, if thresholds are drawn at random; else 0. */
  centres: u32
  /** f64: what a mean of values is multiplied by in a leaf. */
  leafScale: u32
  /** 1 for wide cells. */
  isWide: u32
  /** 1 if values are targets of regression. */
  isRegression: u32
  /** How many classes values number; 0 for two that are labelled 0 and 1, and for regression. Wide cells alone. */
  nClasses: u32
  // options
  maxFeatures: u32
  minSamplesLeaf: u32
  maxDepth: u32
  /** 1 if each tree learns from rows drawn with replacement, 0 if from all. */
  bootstrap: u32
  // random state: key = seed, stream = number of the tree
  key: u32
  stream: u32
  position: u32
  spare: u32
  // random state of thresholds, a stream of its own
  thresholdKey: u32
  thresholdStream: u32
  thresholdPosition: u32
  thresholdSpare: u32
  // scratch
  /** A wide cell per row. Wide cells alone. */
  cells: u32
  /** A wide cell per row: cells in the order of a node's rows. Wide cells alone. */
  ordered: u32
  /** u32 per row: words of the sample's rows, node by node. */
  rows: u32
  /** u32 per row. */
  spareRows: u32
  /** 256 bytes per feature: place of each bin. */
  ranks: u32
  /** 256 bytes per feature: bin of each place. */
  orders: u32
  /** u32 per feature. */
  permutation: u32
  /** Two u32 per feature: where the outermost node found in which it is constant begins and ends. */
  constants: u32
  /** 258 entries of 1 + nClasses words, see `classes.ts`; zero before the first tree. */
  classHistogram: u32
  /** WORK_BYTES, see below. */
  work: u32
  // results
  /** Node records. */
  nodes: u32
  /** u32 words of category sets. */
  sets: u32
  /** nClasses x f32 for each leaf. */
  shares: u32
  nNodes: u32
  nLeaves: u32
  nSetWords: u32
}

// What came of the search of a feature.
export const CONSTANT: u32 = 0
export const WORSE: u32 = 1
export const BETTER: u32 = 2

// Offsets in `work`, which must be zero before the first tree and is left zero where it has to be.
export const HISTOGRAMS: usize = 0
export const LISTS: usize = HISTOGRAMS + <usize>GROUP * HISTOGRAM_BYTES
/** GROUP x u32: bins listed. */
export const COUNTS: usize = LISTS + <usize>GROUP * LIST_BYTES
/** GROUP x u32: addresses of columns. */
export const COLUMNS: usize = COUNTS + 16
/** GROUP x u32: numbers of features. */
export const FEATURES: usize = COLUMNS + 16
export const SPLIT: usize = FEATURES + 16
/** 256 x u8. */
export const SIDE: usize = SPLIT + SPLIT_BYTES
/** 256 x u32. */
export const RUN_SLOTS: usize = SIDE + 256
/** 256 cells, and one that is written in vain. */
export const RUN_CELLS: usize = RUN_SLOTS + 1032
/** 64 entries: the smaller side is taken first, so 2^32 rows need 33. */
export const STACK: usize = RUN_CELLS + (257 << 4)
export const WORK_BYTES: usize = STACK + 64 * 32
