/** Numbers kept for each feature: one for every bin there can be. */
export const CENTRES = 256

/**
 * The middle of each bin: half way between the smallest and the largest training value in it, so the value itself where a bin
 * holds one. A random threshold is drawn between these. Infinite values count as one average step beyond the finite ones.
 * @param values Float64Array, shape (n,); NaN is missing
 * @param bins the bin of each value
 * @returns float32, shape (nBins,), ascending. O(n).
 */
export function binCentres(values: Float64Array, bins: Uint8Array, nBins: number): Float32Array {
  const lowest = new Float64Array(CENTRES).fill(Infinity)
  const highest = new Float64Array(CENTRES).fill(-Infinity)
  for (let row = 0; row < values.length; row++) {
    const value = Math.fround(values[row])
    if (!Number.isFinite(value)) continue
    const bin = bins[row]
    if (value < lowest[bin]) lowest[bin] = value
    if (value > highest[bin]) highest[bin] = value
  }
  const centres = Float32Array.from({ length: nBins }, (_, bin) => lowest[bin] / 2 + highest[bin] / 2)
  const known = [...centres.keys()].filter((bin) => lowest[bin] <= highest[bin])
  if (known.length === 0) return Float32Array.from(centres.keys())
  const [first, last] = [known[0], known.at(-1)!]
  const step = known.length > 1 ? (centres[last] - centres[first]) / (known.length - 1) : 1
  for (let bin = 0; bin < nBins; bin++) {
    if (bin < first) centres[bin] = centres[first] - step
    else if (bin > last) centres[bin] = centres[last] + step
    else if (lowest[bin] > highest[bin]) centres[bin] = centres[bin - 1]
  }
  return centres
}
