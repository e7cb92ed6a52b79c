// Contributions of features to rows, tree by tree. A row's contributions are added in the order of the trees, so they do not
// depend on the rows beside it.
import { prepareFactors } from './factors'
import { goesRight, ShapJob, ShapSplit, ShapTree, SPLIT_BYTES } from './tree'

const TREE_BYTES: usize = offsetof<ShapTree>()

/** Adds the contributions to all rows. */
export function shapValues(job: ShapJob): void {
  const rowBytes = <usize>job.nFeatures
  for (let t: u32 = 0; t < job.nTrees; t++) {
    const tree = changetype<ShapTree>(<usize>job.trees + <usize>t * TREE_BYTES)
    prepareFactors(job, tree)
    let row = <usize>job.rows
    let values = <usize>job.values
    for (const end = row + <usize>job.nRows * rowBytes; row < end; row += rowBytes, values += rowBytes << 3) {
      if (tree.nPairs == 1) addRow(job, tree, row, values, 1)
      else if (tree.nPairs == 2) addRow(job, tree, row, values, 2)
      else if (tree.nPairs == 3) addRow(job, tree, row, values, 3)
      else if (tree.nPairs == 4) addRow(job, tree, row, values, 4)
      else addRow(job, tree, row, values, <usize>tree.nPairs)
    }
  }
}

/** `nPairs` is a constant where it can be, so that loops over so few nodes are none. */
@inline
function addRow(job: ShapJob, tree: ShapTree, row: usize, values: usize, nPairs: usize): void {
  walkDown(job, tree, row, nPairs)
  walkUp(job, tree, values, nPairs)
}

/** Fills the slots of all nodes, and notes for each split which factors counted: 0 where the feature was lost above. */
@inline
export function walkDown(job: ShapJob, tree: ShapTree, row: usize, nPairs: usize): void {
  const slots = <usize>job.slots
  const edges = <usize>job.edges
  const size = nPairs << 4
  for (let q: usize = 0; q < size; q += 16) v128.store(slots + q, f64x2.splat(1))
  let split = <usize>tree.splits
  let factors = <usize>job.factors
  let edge = edges + 1
  let state = <usize>job.states
  for (const end = split + <usize>tree.nSplits * SPLIT_BYTES; split < end; split += SPLIT_BYTES) {
    const at = changetype<ShapSplit>(split)
    const own = slots + <usize>at.slot
    const left = slots + <usize>at.left
    const right = goesRight(at, row)
    if (load<u8>(edges + <usize>at.previous)) {
      const chosen = factors + right * (size << 2)
      store<u16>(edge, <u16>(<u32>1 << <u32>(right << 3)))
      store<u32>(state, <u32>chosen)
      multiply(own, chosen, left, 0, size)
      if (nPairs > 1) multiply(own, chosen, left, 16, size)
      if (nPairs > 2) multiply(own, chosen, left, 32, size)
      if (nPairs > 3) multiply(own, chosen, left, 48, size)
      if (nPairs > 4) for (let q: usize = 64; q < size; q += 16) multiply(own, chosen, left, q, size)
    } else {
      store<u16>(edge, 0)
      store<u32>(state, 0)
      const leftShare = f64x2.splat(at.leftShare * at.leftValue)
      const rightShare = f64x2.splat((1 - at.leftShare) * at.rightValue)
      share(own, leftShare, rightShare, left, 0, size)
      if (nPairs > 1) share(own, leftShare, rightShare, left, 16, size)
      if (nPairs > 2) share(own, leftShare, rightShare, left, 32, size)
      if (nPairs > 3) share(own, leftShare, rightShare, left, 48, size)
      if (nPairs > 4) for (let q: usize = 64; q < size; q += 16) share(own, leftShare, rightShare, left, q, size)
    }
    factors += size << 3
    edge += 2
    state += 4
  }
}

@inline
function multiply(own: usize, factors: usize, left: usize, q: usize, size: usize): void {
  const product = v128.load(own + q)
  v128.store(left + q, f64x2.mul(product, v128.load(factors + q)))
  v128.store(left + size + q, f64x2.mul(product, v128.load(factors + size + q)))
}

@inline
function share(own: usize, leftShare: v128, rightShare: v128, left: usize, q: usize, size: usize): void {
  const product = v128.load(own + q)
  v128.store(left + q, f64x2.mul(product, leftShare))
  v128.store(left + size + q, f64x2.mul(product, rightShare))
}

/** Gathers the slots from the leaves to the root, and adds to each split's feature what its children count. */
@inline
function walkUp(job: ShapJob, tree: ShapTree, values: usize, nPairs: usize): void {
  const slots = <usize>job.slots
  const size = nPairs << 4
  const first = <usize>tree.splits
  let state = <usize>job.states + ((<usize>tree.nSplits) << 2)
  for (let split = first + <usize>tree.nSplits * SPLIT_BYTES; split > first; ) {
    split -= SPLIT_BYTES
    state -= 4
    const at = changetype<ShapSplit>(split)
    const own = slots + <usize>at.slot
    const left = slots + <usize>at.left
    const chosen = <usize>load<u32>(state)
    if (chosen) {
      const counts = chosen + (size << 1)
      let sum = gather(own, counts, left, 0, size)
      if (nPairs > 1) sum = f64x2.add(sum, gather(own, counts, left, 16, size))
      if (nPairs > 2) sum = f64x2.add(sum, gather(own, counts, left, 32, size))
      if (nPairs > 3) sum = f64x2.add(sum, gather(own, counts, left, 48, size))
      if (nPairs > 4) for (let q: usize = 64; q < size; q += 16) sum = f64x2.add(sum, gather(own, counts, left, q, size))
      const value = values + ((<usize>at.feature) << 3)
      store<f64>(value, load<f64>(value) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)))
    } else {
      for (let q: usize = 0; q < size; q += 16) {
        v128.store(own + q, f64x2.add(v128.load(left + q), v128.load(left + size + q)))
      }
    }
  }
}

/** Adds the children's slots into the split's own; what they count. */
@inline
function gather(own: usize, counts: usize, left: usize, q: usize, size: usize): v128 {
  const a = v128.load(left + q)
  const b = v128.load(left + size + q)
  v128.store(own + q, f64x2.add(a, b))
  return f64x2.add(f64x2.mul(a, v128.load(counts + q)), f64x2.mul(b, v128.load(counts + size + q)))
}
