import { SHAP_SPLIT_BYTES } from '../../kernels/index.ts'
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts'
import { SET_WORDS, type TreeOutline } from './tree-outline.ts'

/** How much room a tree takes; see `ShapTree` in `kernels/wasm/shap/tree.ts`. */
export type TreeSize = { nNodes: number; nSplits: number; nPairs: number }

/** What the kernels need to know of a tree that was written: addresses, and sizes. */
export type WrittenTree = {
  splits: number
  nSplits: number
  nPairs: number
  factors: number
  parents: number
  inverseWeights: number
}

const FLOATS = 8
const SET_OFFSET = 32

/** A quadrature node for each two features of the longest path, rounded up to pairs of nodes. */
export function sizeOfTree(outline: TreeOutline): TreeSize {
  return { nNodes: outline.nNodes, nSplits: outline.splits.length, nPairs: Math.ceil(countNodes(outline) / 2) }
}

/** Bytes of a slot, or of a factor. */
export function slotBytes({ nPairs }: TreeSize): number {
  return 2 * FLOATS * nPairs
}

/** Bytes that `writeTree` writes, a multiple of 16. */
export function treeBytes(size: TreeSize): number {
  const { nSplits } = size
  return nSplits * (SHAP_SPLIT_BYTES + 8 * slotBytes(size)) + slotBytes(size) + 16 * Math.ceil(nSplits / 4)
}

/**
 * Writes a tree for the kernels: its splits, their factors, and the edges that lead to them.
 * @param scale leaf values are multiplied by it
 * @param at first byte, a multiple of 16
 */
export function writeTree(outline: TreeOutline, scale: number, buffer: ArrayBufferLike, at: number): WrittenTree {
  const size = sizeOfTree(outline)
  const { nSplits, nPairs } = size
  const slot = slotBytes(size)
  const inverseWeights = at + nSplits * SHAP_SPLIT_BYTES
  const factors = inverseWeights + slot
  const parents = factors + nSplits * 8 * slot
  writeSplits(outline, scale, slot, new Uint8Array(buffer, at, nSplits * SHAP_SPLIT_BYTES))
  writeFactors(outline, scale, new Float64Array(buffer, factors, nSplits * 16 * nPairs))
  new Uint32Array(buffer, parents, nSplits).set(outline.parents)
  const { weight } = nodesOf(2 * nPairs, outline)
  new Float64Array(buffer, inverseWeights, 2 * nPairs).set(weight.map((value) => (value > 0 ? 1 / value : 0)))
  return { splits: at, nSplits, nPairs, factors, parents, inverseWeights }
}

function writeSplits(outline: TreeOutline, scale: number, slot: number, out: Uint8Array): void {
  const { splits, left, feature, previous, share, sets } = outline
  const view = new DataView(out.buffer, out.byteOffset, out.byteLength)
  const values = leafFactors(outline, scale)
  for (let s = 0; s < splits.length; s++) {
    const at = s * SHAP_SPLIT_BYTES
    view.setUint32(at, feature[s], true)
    view.setUint32(at + 4, splits[s] * slot, true)
    view.setUint32(at + 8, left[s] * slot, true)
    view.setUint32(at + 12, previous[s], true)
    view.setFloat64(at + 16, share[left[s]] * values[left[s]], true)
    view.setFloat64(at + 24, share[left[s] + 1] * values[left[s] + 1], true)
    for (let w = 0; w < SET_WORDS; w++) view.setUint32(at + SET_OFFSET + 4 * w, sets[SET_WORDS * s + w], true)
  }
}

/** What the slot of each node is multiplied by: the value of a leaf, 1 for a split. */
function leafFactors({ value, splits }: TreeOutline, scale: number): Float64Array {
  const factors = value.map((leaf) => scale * leaf)
  for (const node of splits) factors[node] = 1
  return factors
}

/**
 * A feature of which the share z of rows follows all splits has in the integrand the factor t + (1 - t) z if the row does too,
 * else (1 - t) z; it counts (o - z) divided by that factor, times the weight of the quadrature node. A split replaces its
 * feature's factor, which is why those of the edge `previous` are divided out.
 */
function writeFactors(outline: TreeOutline, scale: number, out: Float64Array): void {
  const { splits, left, previous, followed } = outline
  const n = splits.length > 0 ? out.length / (8 * splits.length) : 0
  const { t, u, weight } = nodesOf(n, outline)
  const values = leafFactors(outline, scale)
  const lost = weight.map((value, q) => -value / u[q])
  for (let s = 0; s < splits.length; s++) {
    const [leftFollowed, rightFollowed] = [followed[2 * s + 1], followed[2 * s + 2]]
    const [leftValue, rightValue] = [values[left[s]], values[left[s] + 1]]
    const before = followed[previous[s]]
    for (let q = 0, at = 8 * n * s; q < n; q++, at++) {
      const inverse = 1 / (t[q] + u[q] * before)
      const countBefore = weight[q] * (1 - before) * inverse
      const leftFactor = t[q] + u[q] * leftFollowed
      const rightFactor = t[q] + u[q] * rightFollowed
      const leftInverse = inverse * leftValue
      const rightInverse = inverse * rightValue
      // A row that goes left: factors of both children, what both count.
      out[at] = leftFactor * leftInverse
      out[at + n] = u[q] * rightFollowed * rightInverse
      out[at + 2 * n] = (weight[q] * (1 - leftFollowed)) / leftFactor - countBefore
      out[at + 3 * n] = lost[q] - countBefore
      // A row that goes right.
      out[at + 4 * n] = u[q] * leftFollowed * leftInverse
      out[at + 5 * n] = rightFactor * rightInverse
      out[at + 6 * n] = lost[q] - countBefore
      out[at + 7 * n] = (weight[q] * (1 - rightFollowed)) / rightFactor - countBefore
    }
  }
}

/** Quadrature nodes that the tree needs: the integrand's degree is one below the features of the longest path. */
function countNodes({ nPathFeatures }: TreeOutline): number {
  return nPathFeatures.reduce((most, n) => Math.max(most, Math.ceil(n / 2)), 1)
}

/** The quadrature nodes that the tree needs; what is left of the pairs weighs nothing. */
function nodesOf(nNodes: number, outline: TreeOutline): Quadrature {
  const { t, u, weight } = gaussLegendre(countNodes(outline))
  const padded = (values: Float64Array, rest: number): Float64Array =>
    Float64Array.from({ length: nNodes }, (_, q) => (q < values.length ? values[q] : rest))
  return { t: padded(t, 1 / 2), u: padded(u, 1 / 2), weight: padded(weight, 0) }
}
