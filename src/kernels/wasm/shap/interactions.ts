// Interactions of features. In a leaf two features i and j of its path interact by
//
//   v (o_i - z_i) (o_j - z_j) * integral over t in (0, 1) of the product over the other features k of (t o_k + (1 - t) z_k)
//
// Each edge changes what its feature counts; what a pair counts is the sum over pairs of edges, one above the other, of what
// each changes: O(leaves x depth x nodes) a row.
import { prepareFactors } from './factors'
import { ShapJob, ShapSplit, ShapTree, SPLIT_BYTES } from './tree'
import { walkDown } from './values'

/**
 * Adds what pairs of features count in all rows. What features i and j count is the sum of the places (i, j) and (j, i), one for
 * each order in which a path splits on them; the diagonal stays as it is.
 */
export function shapInteractions(job: ShapJob): void {
  const rowBytes = <usize>job.nFeatures
  const matrixBytes = (rowBytes * rowBytes) << 3
  for (let t: u32 = 0; t < job.nTrees; t++) {
    const tree = changetype<ShapTree>(<usize>job.trees + <usize>t * offsetof<ShapTree>())
    prepareFactors(job, tree)
    let row = <usize>job.rows
    let matrix = <usize>job.interactions
    for (const end = row + <usize>job.nRows * rowBytes; row < end; row += rowBytes, matrix += matrixBytes) {
      walkDown(job, tree, row, <usize>tree.nPairs)
      pairUp(job, tree, matrix)
    }
  }
}

function pairUp(job: ShapJob, tree: ShapTree, matrix: usize): void {
  const slots = <usize>job.slots
  const states = <usize>job.states
  const size = <usize>tree.nPairs << 4
  const inverseWeights = <usize>tree.quadrature + 3 * size
  for (let s = <isize>tree.nSplits - 1; s >= 0; s--) {
    const at = changetype<ShapSplit>(<usize>tree.splits + <usize>s * SPLIT_BYTES)
    const own = slots + <usize>at.slot
    const left = slots + <usize>at.left
    const chosen = <usize>load<u32>(states + ((<usize>s) << 2))
    if (chosen) {
      // The product of the slots and what they count, without the quadrature's weight, which the other edge brings.
      const counts = chosen + (size << 1)
      for (let q: usize = 0; q < size; q += 16) {
        const a = f64x2.mul(v128.load(left + q), v128.load(counts + q))
        const b = f64x2.mul(v128.load(left + size + q), v128.load(counts + size + q))
        v128.store(<usize>job.product + q, f64x2.mul(f64x2.add(a, b), v128.load(inverseWeights + q)))
      }
      pairWithAbove(job, tree, matrix, s)
    }
    for (let q: usize = 0; q < size; q += 16) {
      v128.store(own + q, f64x2.add(v128.load(left + q), v128.load(left + size + q)))
    }
  }
}

/** Adds what split s counts together with each edge above it that is about another feature. */
function pairWithAbove(job: ShapJob, tree: ShapTree, matrix: usize, s: isize): void {
  const size = <usize>tree.nPairs << 4
  const feature = changetype<ShapSplit>(<usize>tree.splits + <usize>s * SPLIT_BYTES).feature
  let edge = load<u32>(<usize>tree.parents + ((<usize>s) << 2))
  while (edge) {
    const above = <usize>((edge - 1) >> 1)
    const other = changetype<ShapSplit>(<usize>tree.splits + above * SPLIT_BYTES).feature
    const chosen = <usize>load<u32>(<usize>job.states + (above << 2))
    if (chosen && other != feature) {
      const counts = chosen + (<usize>(2 + ((edge - 1) & 1))) * size
      let sum = f64x2.splat(0)
      for (let q: usize = 0; q < size; q += 16) {
        sum = f64x2.add(sum, f64x2.mul(v128.load(<usize>job.product + q), v128.load(counts + q)))
      }
      const place = matrix + ((<usize>feature * <usize>job.nFeatures + <usize>other) << 3)
      store<f64>(place, load<f64>(place) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)))
    }
    edge = load<u32>(<usize>tree.parents + (above << 2))
  }
}
