import { SET_WORDS, type TreeOutline } from './tree-outline.ts'

/** A leaf and what it asks of rows. */
export type LeafConditions = {
  /** Its value, not scaled. */
  value: number
  /** Each feature of the path to it, once. */
  features: number[]
  /** Eight words a feature: a bit for each bin that leads here. */
  sets: Uint32Array
}

/** The leaves with more than so many features on their paths. O(such leaves x depth). */
export function* eachWideLeaf(outline: TreeOutline, maxFeatures: number): Generator<LeafConditions> {
  const { splits, left, value, nPathFeatures } = outline
  if (nPathFeatures.every((n) => n <= maxFeatures)) return
  const isSplit = new Set(splits)
  for (let s = 0; s < splits.length; s++) {
    if (nPathFeatures[s] <= maxFeatures) continue
    for (const side of [0, 1]) {
      const node = left[s] + side
      if (!isSplit.has(node)) yield { value: value[node], ...conditionsOf(outline, 2 * s + 1 + side) }
    }
  }
}

/** What the path down to and with an edge asks of rows. */
function conditionsOf({ feature, parents, sets }: TreeOutline, last: number): Omit<LeafConditions, 'value'> {
  const features: number[] = []
  const met: number[] = []
  for (let edge = last; edge > 0; edge = parents[(edge - 1) >>> 1]) {
    const split = (edge - 1) >>> 1
    const flip = (edge - 1) & 1 ? 0 : 0xffffffff
    let place = features.indexOf(feature[split])
    if (place < 0) place = features.push(feature[split]) - 1
    for (let w = 0; w < SET_WORDS; w++) {
      const at = place * SET_WORDS + w
      met[at] = (met[at] ?? 0xffffffff) & (sets[split * SET_WORDS + w] ^ flip)
    }
  }
  return { features, sets: Uint32Array.from(met) }
}
