import type { NumberBins } from '../preparation.ts'

/** Numbers kept for each feature: one for every bin there can be. */
export const CENTRES = 256

/**
 * The middle of each bin of a number: half way between its edges, the first and the last bin at the smallest and the largest
 * value of training. A random threshold is drawn between these. Whole numbers in steps of one so stand for themselves. An end at
 * infinity counts as one average step beyond the edge.
 * @returns float32, one for each bin, ascending
 */
export function binCentres({ edges, min = 0, max = 0 }: NumberBins): Float32Array {
  const n = edges.length
  if (n === 0) return Float32Array.of(0)
  const step = n > 1 ? (edges[n - 1] - edges[0]) / (n - 1) : 1
  const between = Array.from({ length: n - 1 }, (_, i) => edges[i] / 2 + edges[i + 1] / 2)
  const first = Number.isFinite(Math.fround(min)) ? min : edges[0] - step
  const last = Number.isFinite(Math.fround(max)) ? max : edges[n - 1] + step
  return Float32Array.of(first, ...between, last)
}
