// What a split does to the integrand, see `tree.ts`. Of a feature, let z be the share of rows that follows all splits on it down to
// an edge. It brings the factor t + (1 - t) z where the row does so too, else (1 - t) z; and it counts (o - z) divided by that
// factor, times the weight of the quadrature node. A split replaces its feature's factor, so that of the edge `previous` is
// divided out; there the row did follow, else the split is passed by shares alone.
import { ShapJob, ShapSplit, ShapTree, SPLIT_BYTES } from './tree'

/**
 * Computes eight factors for each split, four for a row that goes left, four for one that goes right: what the slot of each child
 * is a multiple of the split's, and what each child's slot counts. As cheap as a few rows, and next to nothing in memory.
 */
export function prepareFactors(job: ShapJob, tree: ShapTree): void {
  const size = <usize>tree.nPairs << 4
  const quadrature = <usize>tree.quadrature
  const followed = <usize>job.followed
  const one = f64x2.splat(1)
  let split = <usize>tree.splits
  let factors = <usize>job.factors
  let edge = followed + 8
  for (const end = split + <usize>tree.nSplits * SPLIT_BYTES; split < end; split += SPLIT_BYTES, edge += 16) {
    const at = changetype<ShapSplit>(split)
    const before = load<f64>(followed + (<usize>at.previous << 3))
    const left = before * at.leftShare
    const right = before * (1 - at.leftShare)
    store<f64>(edge, left)
    store<f64>(edge, right, 8)
    const zBefore = f64x2.splat(before)
    const zLeft = f64x2.splat(left)
    const zRight = f64x2.splat(right)
    const lostBefore = f64x2.splat(1 - before)
    const lostLeft = f64x2.splat(1 - left)
    const lostRight = f64x2.splat(1 - right)
    const leftValue = f64x2.splat(at.leftValue)
    const rightValue = f64x2.splat(at.rightValue)
    for (let q: usize = 0; q < size; q += 16, factors += 16) {
      const t = v128.load(quadrature + q)
      const u = v128.load(quadrature + size + q)
      const weight = v128.load(quadrature + 2 * size + q)
      const inverse = f64x2.div(one, f64x2.add(t, f64x2.mul(u, zBefore)))
      const leftInverse = f64x2.mul(inverse, leftValue)
      const rightInverse = f64x2.mul(inverse, rightValue)
      const leftFactor = f64x2.add(t, f64x2.mul(u, zLeft))
      const rightFactor = f64x2.add(t, f64x2.mul(u, zRight))
      const countBefore = f64x2.mul(f64x2.mul(weight, lostBefore), inverse)
      const lost = f64x2.sub(f64x2.neg(f64x2.div(weight, u)), countBefore)
      v128.store(factors, f64x2.mul(leftFactor, leftInverse))
      v128.store(factors + size, f64x2.mul(f64x2.mul(u, zRight), rightInverse))
      v128.store(factors + 2 * size, f64x2.sub(f64x2.div(f64x2.mul(weight, lostLeft), leftFactor), countBefore))
      v128.store(factors + 3 * size, lost)
      v128.store(factors + 4 * size, f64x2.mul(f64x2.mul(u, zLeft), leftInverse))
      v128.store(factors + 5 * size, f64x2.mul(rightFactor, rightInverse))
      v128.store(factors + 6 * size, lost)
      v128.store(factors + 7 * size, f64x2.sub(f64x2.div(f64x2.mul(weight, lostRight), rightFactor), countBefore))
    }
    factors += 7 * size
  }
}
