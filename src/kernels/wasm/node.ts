// One tree node, 12 bytes. The children of a split lie side by side, so one index names both.

/** Bytes of a node. */
export const NODE_BYTES: usize = 12

export const IS_LEAF: u32 = 1
export const IS_CATEGORY: u32 = 2
export const MISSING_RIGHT: u32 = 4

@unmanaged
export class Node {
  /** Split feature. */
  feature: u16
  /** Last bin that goes left, for a number. */
  bin: u8
  /** IS_LEAF, IS_CATEGORY, MISSING_RIGHT. */
  flags: u8
  /** Split: index of the left child in its tree, the right one follows. Leaf: its number of training samples. */
  next: u32
  /** Category split: index of its first word in the tree's sets; bit b says that bin b goes right. Leaf: its value, a float32. */
  payload: u32
}
