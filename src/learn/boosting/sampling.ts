import { createRandom } from '../random.ts'

/** What one tree may be grown from. */
export type Draw = {
  /** A row is drawn if its hash under this key is not above the limit. */
  rowKey: number
  rowLimit: number
  /** 1 for each feature that may be split, shape (nFeatures,). */
  features: Uint8Array
}

/** How much of rows and columns each tree sees. */
export type SamplingOptions = { seed: number; rowShare: number; columnShare: number }

/** The draw of tree t: the same for the same seed, whatever else happens. At least one column is drawn. O(nFeatures). */
export function drawForTree(t: number, nFeatures: number, { seed, rowShare, columnShare }: SamplingOptions): Draw {
  // Stream 0 is what rows are held out by.
  const random = createRandom(seed, t + 1)
  const rowKey = random.below(2 ** 32)
  const rowLimit = Math.min(2 ** 32 - 1, Math.max(0, Math.round(rowShare * 2 ** 32) - 1))
  const nDrawn = Math.max(1, Math.round(columnShare * nFeatures))
  const features = new Uint8Array(nFeatures)
  if (nDrawn === nFeatures) return { rowKey, rowLimit, features: features.fill(1) }
  const order = Uint32Array.from({ length: nFeatures }, (_, f) => f)
  for (let i = 0; i < nDrawn; i++) {
    const at = i + random.below(nFeatures - i)
    features[order[at]] = 1
    order[at] = order[i]
  }
  return { rowKey, rowLimit, features }
}
