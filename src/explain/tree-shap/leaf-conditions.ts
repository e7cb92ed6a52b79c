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

/** How many conditions each leaf has that is not the root, in the order of `eachLeaf`. */
export function countConditions({ splits, left, nPathFeatures }: TreeOutline): number[] {
  const isSplit = new Set(splits)
  return [...splits.keys()].flatMap((s) =>
    [0, 1].flatMap((side) => (isSplit.has(left[s] + side) ? [] : [nPathFeatures[s]])),
  )
}

/** The leaves, except for one that is the root, which asks for nothing. O(leaves x depth). */
export function* eachLeaf({ splits, left, value, feature, parents, sets }: TreeOutline): Generator<LeafConditions> {
  const isSplit = new Set(splits)
  for (let s = 0; s < splits.length; s++) {
    for (const side of [0, 1]) {
      const node = left[s] + side
      if (isSplit.has(node)) continue
      const features: number[] = []
      const met: number[] = []
      for (let edge = 2 * s + 1 + side; edge > 0; edge = parents[(edge - 1) >>> 1]) {
        const split = (edge - 1) >>> 1
        const flip = (edge - 1) & 1 ? 0 : 0xffffffff
        let place = features.indexOf(feature[split])
        if (place < 0) place = features.push(feature[split]) - 1
        for (let w = 0; w < SET_WORDS; w++) {
          const at = place * SET_WORDS + w
          met[at] = (met[at] ?? 0xffffffff) & (sets[split * SET_WORDS + w] ^ flip)
        }
      }
      yield { value: value[node], features, sets: Uint32Array.from(met) }
    }
  }
}
