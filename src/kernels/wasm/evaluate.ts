// Sums of the leaf values that rows of bins reach in an ensemble of trees. A step down a tree has no branch: it would be
// mispredicted every second time. Several rows, or for one row several trees, go down together, so that their loads overlap.
// Both evaluators add the values in the order of the trees, so a row has the same sum alone and in a batch, bit for bit.

/** A node as the evaluators want it, 16 bytes. All of an ensemble's lie together, tree by tree. */
@unmanaged
class StepNode {
  feature: u16
  /** A number goes right if (bin + shift) mod 256 is above this; 255 in a leaf, from where nothing goes right. */
  bound: u8
  /** 1 where missing values, whose bin is 255, go left: so they come before all others. Else 0. */
  shift: u8
  /** Bytes from the first node to the left child, which the right one follows; to itself in a leaf. */
  next: u32
  /** Bytes from the first set to the one with a bit for each bin that goes right; only in trees with category splits. */
  set: u32
  /** The value of a leaf. */
  value: f32
}

@unmanaged
export class Forest {
  /** StepNode of all trees. */
  nodes: u32
  /** Two u32 per tree: bytes from the first node to its root; 1 if it has category splits. */
  trees: u32
  nTrees: u32
  /** Sets of 32 bytes. */
  sets: u32
  /** Bytes of a row of bins. */
  stride: u32
}

/** Steps between looks whether all have arrived. */
const STEPS: u32 = 4

@inline
function stepNumber(nodes: usize, node: u32, row: usize): u32 {
  const at = changetype<StepNode>(nodes + <usize>node)
  const bin = <u32>load<u8>(row + <usize>at.feature)
  return at.next + (u32(((bin + <u32>at.shift) & 255) > <u32>at.bound) << 4)
}

@inline
function stepAny(nodes: usize, node: u32, row: usize, sets: usize): u32 {
  const at = changetype<StepNode>(nodes + <usize>node)
  const bin = <u32>load<u8>(row + <usize>at.feature)
  const byte = <u32>load<u8>(sets + <usize>(at.set + (bin >> 3)))
  return at.next + (((byte >> (bin & 7)) & 1) << 4)
}

@inline
function valueOf(nodes: usize, node: u32): f64 {
  return <f64>changetype<StepNode>(nodes + <usize>node).value
}

@inline
function addTo(out: usize, value: f64): void {
  store<f64>(out, load<f64>(out) + value)
}

/**
 * Sums for n rows of bins, one float64 each. Rows go down eight at a time, so rows and `out` reach up to a multiple of eight;
 * what comes behind the last row does not count.
 */
export function evaluateRows(forest: Forest, rows: usize, n: u32, out: usize): void {
  memory.fill(out, 0, <usize>n << 3)
  for (let t: u32 = 0; t < forest.nTrees; t++) {
    const tree = <usize>forest.trees + (<usize>t << 3)
    if (load<u32>(tree, 4)) anyTree(forest, load<u32>(tree), rows, n, out)
    else numberTree(forest, load<u32>(tree), rows, n, out)
  }
}

function numberTree(forest: Forest, root: u32, rows: usize, n: u32, out: usize): void {
  const nodes = <usize>forest.nodes
  const stride = <usize>forest.stride
  for (let i: u32 = 0; i < n; i += 8, out += 64) {
    const r0 = rows + <usize>i * stride
    const r1 = r0 + stride
    const r2 = r1 + stride
    const r3 = r2 + stride
    const r4 = r3 + stride
    const r5 = r4 + stride
    const r6 = r5 + stride
    const r7 = r6 + stride
    let a = root
    let b = root
    let c = root
    let d = root
    let e = root
    let f = root
    let g = root
    let h = root
    let moved: u32 = 1
    while (moved) {
      for (let step: u32 = 1; step < STEPS; step++) {
        a = stepNumber(nodes, a, r0)
        b = stepNumber(nodes, b, r1)
        c = stepNumber(nodes, c, r2)
        d = stepNumber(nodes, d, r3)
        e = stepNumber(nodes, e, r4)
        f = stepNumber(nodes, f, r5)
        g = stepNumber(nodes, g, r6)
        h = stepNumber(nodes, h, r7)
      }
      const a1 = stepNumber(nodes, a, r0)
      const b1 = stepNumber(nodes, b, r1)
      const c1 = stepNumber(nodes, c, r2)
      const d1 = stepNumber(nodes, d, r3)
      const e1 = stepNumber(nodes, e, r4)
      const f1 = stepNumber(nodes, f, r5)
      const g1 = stepNumber(nodes, g, r6)
      const h1 = stepNumber(nodes, h, r7)
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1) | (e ^ e1) | (f ^ f1) | (g ^ g1) | (h ^ h1)
      a = a1
      b = b1
      c = c1
      d = d1
      e = e1
      f = f1
      g = g1
      h = h1
    }
    addTo(out, valueOf(nodes, a))
    addTo(out + 8, valueOf(nodes, b))
    addTo(out + 16, valueOf(nodes, c))
    addTo(out + 24, valueOf(nodes, d))
    addTo(out + 32, valueOf(nodes, e))
    addTo(out + 40, valueOf(nodes, f))
    addTo(out + 48, valueOf(nodes, g))
    addTo(out + 56, valueOf(nodes, h))
  }
}

/** As `numberTree`, with a look into a set at each step; four rows at a time, as a step holds more. */
function anyTree(forest: Forest, root: u32, rows: usize, n: u32, out: usize): void {
  const nodes = <usize>forest.nodes
  const sets = <usize>forest.sets
  const stride = <usize>forest.stride
  for (let i: u32 = 0; i < n; i += 4, out += 32) {
    const r0 = rows + <usize>i * stride
    const r1 = r0 + stride
    const r2 = r1 + stride
    const r3 = r2 + stride
    let a = root
    let b = root
    let c = root
    let d = root
    let moved: u32 = 1
    while (moved) {
      for (let step: u32 = 1; step < STEPS; step++) {
        a = stepAny(nodes, a, r0, sets)
        b = stepAny(nodes, b, r1, sets)
        c = stepAny(nodes, c, r2, sets)
        d = stepAny(nodes, d, r3, sets)
      }
      const a1 = stepAny(nodes, a, r0, sets)
      const b1 = stepAny(nodes, b, r1, sets)
      const c1 = stepAny(nodes, c, r2, sets)
      const d1 = stepAny(nodes, d, r3, sets)
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1)
      a = a1
      b = b1
      c = c1
      d = d1
    }
    addTo(out, valueOf(nodes, a))
    addTo(out + 8, valueOf(nodes, b))
    addTo(out + 16, valueOf(nodes, c))
    addTo(out + 24, valueOf(nodes, d))
  }
}

/** The leaf of one row in one tree. */
@inline
function leafOf(forest: Forest, t: u32, row: usize): u32 {
  const tree = <usize>forest.trees + (<usize>t << 3)
  const nodes = <usize>forest.nodes
  const isAny = load<u32>(tree, 4)
  let node = load<u32>(tree)
  while (true) {
    const next = isAny ? stepAny(nodes, node, row, <usize>forest.sets) : stepNumber(nodes, node, row)
    if (next == node) return node
    node = next
  }
}

/** The sum for one row of bins: four trees at a time while they have number splits only. */
export function evaluateRow(forest: Forest, row: usize): f64 {
  const nodes = <usize>forest.nodes
  let sum: f64 = 0
  let t: u32 = 0
  for (; t + 4 <= forest.nTrees; t += 4) {
    const tree = <usize>forest.trees + (<usize>t << 3)
    if (load<u32>(tree, 4) | load<u32>(tree, 12) | load<u32>(tree, 20) | load<u32>(tree, 28)) {
      for (let k: u32 = 0; k < 4; k++) sum += valueOf(nodes, leafOf(forest, t + k, row))
      continue
    }
    let a = load<u32>(tree)
    let b = load<u32>(tree, 8)
    let c = load<u32>(tree, 16)
    let d = load<u32>(tree, 24)
    let moved: u32 = 1
    while (moved) {
      const a1 = stepNumber(nodes, a, row)
      const b1 = stepNumber(nodes, b, row)
      const c1 = stepNumber(nodes, c, row)
      const d1 = stepNumber(nodes, d, row)
      moved = (a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1)
      a = a1
      b = b1
      c = c1
      d = d1
    }
    sum += valueOf(nodes, a)
    sum += valueOf(nodes, b)
    sum += valueOf(nodes, c)
    sum += valueOf(nodes, d)
  }
  for (; t < forest.nTrees; t++) sum += valueOf(nodes, leafOf(forest, t, row))
  return sum
}
