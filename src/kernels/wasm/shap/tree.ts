// A tree as TreeSHAP by quadrature reads it.
//
// In a leaf of value v, a feature i of the path to it has the Shapley value
//
//   v (o_i - z_i) * integral over t in (0, 1) of the product over the other features j of (t o_j + (1 - t) z_j)
//
// where o_j is 1 if the row follows all splits on j, else 0, and z_j is the share of training rows that does. The integrand is
// a polynomial in t, so Gauss-Legendre quadrature with half as many nodes as the path has features is exact. The products for
// all leaves are built on the way down and gathered on the way up: O(leaves x nodes) a row.

/** A split; parents come before children. */
@unmanaged
export class ShapSplit {
  /** Byte of its feature in a row of bins. */
  feature: u32
  /** Bytes from the first slot to its own, and to that of its left child; the right child's follows. */
  slot: u32
  left: u32
  /** The last edge above it that leaves a split on the same feature; 0 if there is none. */
  previous: u32
  /** Share of the rows that goes left; the rest goes right. */
  leftShare: f64
  /** What the slot of each child is multiplied by: the value of a leaf, 1 for a split. */
  leftValue: f64
  rightValue: f64
}

/** Bytes of a split: its fields, and from byte 40 a bit for each bin that goes right. */
export const SPLIT_BYTES: usize = 72
const SET_OFFSET: usize = 40

@unmanaged
export class ShapTree {
  /** Where its splits begin, 72 bytes each. */
  splits: u32
  nSplits: u32
  /** Pairs of quadrature nodes. A slot, and a factor, is two float64 for each pair. */
  nPairs: u32
  /** Quadrature nodes t, then 1 - t, then their weights, then 1 / weight; a node that only fills a pair has the weights 0. */
  quadrature: u32
  /** The edge that leads to each split, u32. Edges 2 s + 1 and 2 s + 2 leave split s; 0 leads to the root. */
  parents: u32
}

@unmanaged
export class ShapJob {
  /** ShapTree of each tree. */
  trees: u32
  nTrees: u32
  /** Rows of bins. */
  rows: u32
  nRows: u32
  nFeatures: u32
  /** Added to: contributions, float64, row by row. */
  values: u32
  /** Added to by `shapInteractions`: float64, row by row a matrix (nFeatures, nFeatures). */
  interactions: u32
  /** Scratch for the largest tree: eight factors for each split, see `prepareFactors`, */
  factors: u32
  /** a float64 for each edge, the first of them 1, */
  followed: u32
  /** a slot for each node, */
  slots: u32
  /** a byte for each edge, the first of them 1, */
  edges: u32
  /** four bytes for each split, */
  states: u32
  /** and the size of a slot. */
  product: u32
}

/** Whether a row goes right. */
@inline
export function goesRight(split: ShapSplit, row: usize): usize {
  const bin = <usize>load<u8>(row + <usize>split.feature)
  return (<usize>load<u8>(changetype<usize>(split) + (bin >> 3), SET_OFFSET) >> (bin & 7)) & 1
}
