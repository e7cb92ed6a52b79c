/** Above this many values, edges come from an evenly spaced sample of the sorted order; 255 bins need no more. */
const MAX_SAMPLE = 200_000

/**
 * Edges that cut a column into at most maxBins bins: bin = number of edges below the value.
 *
 * With at most maxBins distinct values (as float32) every one gets a bin of its own, with the edge half way between
 * neighbours. With more, bins hold about equally many rows: each closes at the value where it reaches the rows that are
 * left divided by the bins that are left, and equal values stay together. Edges are float32 numbers a <= edge < b between
 * neighbouring values a < b, so a tree's thresholds compare alike in float32 and float64.
 * @param values Float64Array, shape (n,); NaN is left out; compared as float32
 * @param maxBins 2..255
 * @returns ascending, at most maxBins - 1; empty when fewer than two distinct values exist. O(n log n).
 */
export function quantileEdges(values: Float64Array, maxBins: number): Float32Array {
  const sorted = sortedSample(values)
  const n = sorted.length
  const edges: number[] = []
  const nDistinct = countDistinct(sorted, maxBins)
  let begin = 0
  while (begin < n && edges.length < maxBins - 1) {
    const wanted = nDistinct <= maxBins ? 1 : (n - begin) / (maxBins - edges.length)
    let last = Math.min(n, begin + Math.max(1, Math.round(wanted))) - 1
    while (last + 1 < n && sorted[last + 1] === sorted[last]) last++
    if (last + 1 === n) break
    edges.push(between(sorted[last], sorted[last + 1]))
    begin = last + 1
  }
  return Float32Array.from(edges)
}

/** The values without NaN, as float32, ascending; an evenly spaced part of them when there are too many. */
function sortedSample(values: Float64Array): Float32Array {
  const present = Float32Array.from(values).filter((value) => !Number.isNaN(value))
  if (present.length <= MAX_SAMPLE) return present.sort()
  const step = present.length / MAX_SAMPLE
  return Float32Array.from({ length: MAX_SAMPLE }, (_, i) => present[Math.floor(i * step)]).sort()
}

/** Number of distinct values in ascending data, counted no further than limit + 1. */
function countDistinct(sorted: Float32Array, limit: number): number {
  let count = sorted.length > 0 ? 1 : 0
  for (let i = 1; i < sorted.length && count <= limit; i++) if (sorted[i] !== sorted[i - 1]) count++
  return count
}

/** A float32 e with a <= e < b: the middle, or a where there is nothing between or the middle is not finite. */
function between(a: number, b: number): number {
  const middle = Math.fround(a + (b - a) / 2)
  return middle >= a && middle < b ? middle : a
}
