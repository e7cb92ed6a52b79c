import { SHAP_SPLIT_BYTES } from '../../kernels/index.ts'
import { gaussLegendre } from './gauss-legendre.ts'
import { SET_WORDS, type TreeOutline } from './tree-outline.ts'

/** How large a tree is; see `ShapTree` in `kernels/wasm/shap/tree.ts`. */
export type TreeSize = { nNodes: number; nSplits: number; nPairs: number }

/** What the kernels need to know of a tree that was written: addresses, and sizes. */
export type WrittenTree = { splits: number; nSplits: number; nPairs: number; quadrature: number; parents: number }

const SET_OFFSET = 40

/** A quadrature node for each two features of the longest path, rounded up to pairs of nodes. */
export function sizeOfTree(outline: TreeOutline): TreeSize {
  return { nNodes: outline.nNodes, nSplits: outline.splits.length, nPairs: Math.ceil(countNodes(outline) / 2) }
}

/** Bytes of a slot, or of a factor. */
export function slotBytes({ nPairs }: TreeSize): number {
  return 16 * nPairs
}

/** Bytes that `writeTree` writes, a multiple of 8. */
export function treeBytes(size: TreeSize): number {
  return size.nSplits * SHAP_SPLIT_BYTES + 4 * slotBytes(size) + 8 * Math.ceil(size.nSplits / 2)
}

/**
 * Writes a tree for the kernels.
 * @param scale leaf values are multiplied by it
 * @param at first byte, a multiple of 8
 */
export function writeTree(outline: TreeOutline, scale: number, buffer: ArrayBufferLike, at: number): WrittenTree {
  const size = sizeOfTree(outline)
  const { nSplits, nPairs } = size
  const quadrature = at + nSplits * SHAP_SPLIT_BYTES
  const parents = quadrature + 4 * slotBytes(size)
  writeSplits(outline, scale, slotBytes(size), new DataView(buffer, at, nSplits * SHAP_SPLIT_BYTES))
  writeQuadrature(countNodes(outline), new Float64Array(buffer, quadrature, 8 * nPairs))
  new Uint32Array(buffer, parents, nSplits).set(outline.parents)
  return { splits: at, nSplits, nPairs, quadrature, parents }
}

function writeSplits(outline: TreeOutline, scale: number, slot: number, view: DataView): void {
  const { splits, left, feature, previous, share, sets, value } = outline
  const factors = value.map((leaf) => scale * leaf)
  for (const node of splits) factors[node] = 1
  for (let s = 0, at = 0; s < splits.length; s++, at += SHAP_SPLIT_BYTES) {
    view.setUint32(at, feature[s], true)
    view.setUint32(at + 4, splits[s] * slot, true)
    view.setUint32(at + 8, left[s] * slot, true)
    view.setUint32(at + 12, previous[s], true)
    view.setFloat64(at + 16, share[left[s]], true)
    view.setFloat64(at + 24, factors[left[s]], true)
    view.setFloat64(at + 32, factors[left[s] + 1], true)
    for (let w = 0; w < SET_WORDS; w++) view.setUint32(at + SET_OFFSET + 4 * w, sets[SET_WORDS * s + w], true)
  }
}

/** Quadrature nodes that the tree needs: the integrand's degree is one below the features of the longest path. */
function countNodes({ nPathFeatures }: TreeOutline): number {
  return nPathFeatures.reduce((most, n) => Math.max(most, Math.ceil(n / 2)), 1)
}

/** Writes n quadrature nodes; one more that fills the last pair weighs nothing. */
function writeQuadrature(n: number, out: Float64Array): void {
  const stride = out.length / 4
  const { t, u, weight } = gaussLegendre(n)
  out.fill(1 / 2, 0, 2 * stride)
  out.fill(0, 2 * stride)
  out.set(t)
  out.set(u, stride)
  out.set(weight, 2 * stride)
  out.set(
    weight.map((value) => 1 / value),
    3 * stride,
  )
}
