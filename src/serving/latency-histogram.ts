const BUCKETS_PER_OCTAVE = 8
const FIRST_MS = 0.01
const N_OCTAVES = 20
/** Buckets of a latency histogram: 0.01 ms to about 10 s, eight to a doubling. */
export const N_LATENCY_BUCKETS = BUCKETS_PER_OCTAVE * N_OCTAVES

/** Adds one latency to `counts` (length `N_LATENCY_BUCKETS`). What is outside goes to the first or last bucket. */
export function countLatency(counts: Float64Array, ms: number): void {
  const bucket = Math.floor(Math.log2(Math.max(ms, FIRST_MS) / FIRST_MS) * BUCKETS_PER_OCTAVE)
  counts[Math.min(bucket, N_LATENCY_BUCKETS - 1)]++
}

/**
 * Quantile of the counted latencies in ms: the geometric middle of its bucket, so at most 4.5 % off. `null` when nothing was
 * counted. Histograms are merged by adding their counts.
 */
export function latencyQuantile(counts: ArrayLike<number>, p: number): number | null {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]
  if (total === 0) return null
  const rank = Math.max(1, Math.ceil(p * total))
  let seen = 0
  let bucket = 0
  while ((seen += counts[bucket]) < rank) bucket++
  return FIRST_MS * 2 ** ((bucket + 0.5) / BUCKETS_PER_OCTAVE)
}
