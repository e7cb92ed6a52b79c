import { backgroundSizes } from '../../kernels/index.ts'
import { SET_WORDS, type TreeOutline } from './tree-outline.ts'

const { split: SPLIT_BYTES, set: SET_OFFSET, maxSlots, noChild } = backgroundSizes

/** Bytes that `writeBackgroundTree` writes, a multiple of 8. */
export function backgroundTreeBytes({ splits }: TreeOutline): number {
  return splits.length * SPLIT_BYTES
}

/** Splits on the longest path. */
export function depthOf({ splits, parents }: TreeOutline): number {
  const depths = new Uint32Array(splits.length)
  let most = 0
  for (let s = 0; s < splits.length; s++) {
    depths[s] = parents[s] > 0 ? depths[(parents[s] - 1) >>> 1] + 1 : 1
    most = Math.max(most, depths[s])
  }
  return most
}

/**
 * Writes a tree with at least one split for `kernels/wasm/shap/interventional.ts`. Splits with more features on their path than a
 * mask has bits are left out, and what is below them.
 * @param factor leaf values are multiplied by it
 * @param at first byte, a multiple of 8
 */
export function writeBackgroundTree(outline: TreeOutline, factor: number, buffer: ArrayBufferLike, at: number): void {
  const { splits, left, feature, previous, value, sets, nPathFeatures } = outline
  const view = new DataView(buffer, at, backgroundTreeBytes(outline))
  const slots = new Uint32Array(splits.length)
  const splitOf = new Map(Array.from(splits, (node, s) => [node, s]))
  const addressOf = (node: number): number => {
    const s = splitOf.get(node)
    if (s === undefined) return 0
    return nPathFeatures[s] > maxSlots ? noChild : at + s * SPLIT_BYTES
  }
  for (let s = 0; s < splits.length; s++) {
    const first = s * SPLIT_BYTES
    slots[s] = previous[s] > 0 ? slots[(previous[s] - 1) >>> 1] : nPathFeatures[s] - 1
    view.setUint32(first, feature[s], true)
    view.setUint32(first + 4, slots[s], true)
    view.setUint32(first + 8, nPathFeatures[s], true)
    view.setUint32(first + 12, previous[s] > 0 ? 0 : 1, true)
    view.setUint32(first + 16, addressOf(left[s]), true)
    view.setUint32(first + 20, addressOf(left[s] + 1), true)
    view.setFloat64(first + 24, factor * value[left[s]], true)
    view.setFloat64(first + 32, factor * value[left[s] + 1], true)
    for (let w = 0; w < SET_WORDS; w++) view.setUint32(first + SET_OFFSET + 4 * w, sets[SET_WORDS * s + w], true)
  }
}
