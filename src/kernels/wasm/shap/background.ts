// What the walk against background rows reads and keeps; see `interventional.ts`.

@unmanaged
export class BackgroundSplit {
  /** Byte of its feature in a row of bins. */
  feature: u32
  /** The feature's place among those of the path, 0 to 63 in the order in which they come first, */
  slot: u32
  /** how many those are, this one included, */
  nSlots: u32
  /** and 1 where no split above is on it, else 0. */
  isFirst: u32
  /** Addresses of the splits below; 0 for a leaf, NO_CHILD for a node whose leaves are left out. */
  left: u32
  right: u32
  /** Values of leaves, divided by the number of background rows. */
  leftValue: f64
  rightValue: f64
}

/** From byte 40 of a split a bit for each bin that goes right: 72 bytes in all. */
const SET_OFFSET: usize = 40
export const NO_CHILD: u32 = 0xffffffff

@unmanaged
export class BackgroundJob {
  /** u32: the address of each tree's first split. */
  trees: u32
  nTrees: u32
  /** Rows of bins. */
  rows: u32
  nRows: u32
  nFeatures: u32
  /** Added to: contributions, float64, row by row. */
  values: u32
  /** Background rows of bins, and an even number of u64 that hold a bit for each. */
  background: u32
  nBackground: u32
  nWords: u32
  /** a! b! / (a + b + 1)! as float64, at 64 a + b. */
  orders: u32
  /** Rows that go through a tree together. */
  chunkRows: u32
  /** Scratch: u32 for each of them, twice, */
  order: u32
  parted: u32
  /** 24 bytes and the words for each of them and each level, one level more than a path has splits, */
  classes: u32
  /** a frame for each level, */
  frames: u32
  /** u64 for each background row and level, */
  masks: u32
  /** twice the words for each level, */
  sides: u32
  /** the words, */
  union: u32
  /** 64 u32, */
  features: u32
  /** 64 float64, */
  shares: u32
  /** and u32 for each mask of so many bits as leaves may have that count background rows by their masks. */
  counts: u32
  maxCountedBits: u32
}

/** Rows that meet the same features of a path. */
@unmanaged
export class RowClass {
  /** A bit for each slot: whether they meet all splits on its feature so far. */
  mask: u64
  /** Where their numbers stand: those that go left at the split at hand, then from `middle` on the others. */
  begin: u32
  end: u32
  /** 0 where the split at hand is about a feature that they have missed: it does not part them. */
  middle: u32
  unused: u32
}
/** Byte of a class at which the background rows that are alive to it stand, a bit each. */
export const ALIVE: usize = 24

/** Where the walk is at one level. */
@unmanaged
export class Frame {
  split: u32
  /** Its classes. */
  classes: u32
  endClasses: u32
  /** 0, 1 when the left child is done, 2 when both are. */
  nSidesDone: u32
}
export const FRAME_BYTES: usize = 16

/** The lowest n bits, 1 to 64. */
@inline
export function allOf(n: u32): u64 {
  return ~(<u64>0) >> <u64>(64 - n)
}

/** Whether a row goes right. */
@inline
export function turnsRight(split: BackgroundSplit, row: usize): u64 {
  const bin = <usize>load<u8>(row + <usize>split.feature)
  return <u64>((<u32>load<u8>(changetype<usize>(split) + (bin >> 3), SET_OFFSET) >> <u32>(bin & 7)) & 1)
}

/** The masks of the background rows at a level, u64 each: a bit for each slot, as for classes; only of those that are alive to one. */
@inline
export function masksAt(job: BackgroundJob, level: u32): usize {
  return <usize>job.masks + ((<usize>level * <usize>job.nBackground) << 3)
}

/** The background rows that still meet the feature of the split at a level on its left, or right, side; a bit each. */
@inline
export function sideAt(job: BackgroundJob, level: u32, isRight: u32): usize {
  return <usize>job.sides + ((<usize>(2 * level + isRight) * <usize>job.nWords) << 3)
}
