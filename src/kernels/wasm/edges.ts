// Edges of a number column's bins, from float32 values: the definition is at `quantileEdges` in learn/quantile-edges.ts,
// whose results these kernels give bit for bit.

/** Above this many values, edges come from an evenly spaced sample of them. */
const MAX_SAMPLE: u32 = 200_000

const RADIX_BITS: u32 = 11
const RADIX: u32 = 1 << RADIX_BITS
const N_PASSES: u32 = 3

/** Bytes of `counts` for `sortFloats`. */
const COUNTS_BYTES: usize = <usize>(N_PASSES * RADIX * 4)


/** A float's bits as an integer that ascends with it: -0 before 0, as Float32Array.sort has it. */
@inline
function toKey(bits: u32): u32 {
  return bits ^ (<u32>(<i32>bits >> 31) | 0x80000000)
}

@inline
function fromKey(key: u32): u32 {
  return key ^ (<u32>(<i32>~key >> 31) | 0x80000000)
}

/**
 * Sorts the n keys at `keys` in three passes over 11 bits each. O(n); `spare` holds n further words.
 * Returns where the sorted keys are: in `spare`, as the number of passes is odd.
 */
function sortKeys(keys: usize, n: u32, spare: usize, counts: usize): usize {
  memory.fill(counts, 0, COUNTS_BYTES)
  for (let at = keys, end = keys + (<usize>n << 2); at < end; at += 4) {
    const key = load<u32>(at)
    for (let pass: u32 = 0; pass < N_PASSES; pass++) {
      const count = counts + (((<usize>pass << RADIX_BITS) + <usize>((key >> (pass * RADIX_BITS)) & (RADIX - 1))) << 2)
      store<u32>(count, load<u32>(count) + 1)
    }
  }
  let from = keys
  let to = spare
  for (let pass: u32 = 0; pass < N_PASSES; pass++) {
    const base = counts + (<usize>pass << (RADIX_BITS + 2))
    let sum: u32 = 0
    for (let digit: usize = 0; digit < <usize>RADIX; digit++) {
      const count = load<u32>(base + (digit << 2))
      store<u32>(base + (digit << 2), sum)
      sum += count
    }
    const shift = pass * RADIX_BITS
    for (let at = from, end = from + (<usize>n << 2); at < end; at += 4) {
      const key = load<u32>(at)
      const place = base + (<usize>((key >> shift) & (RADIX - 1)) << 2)
      const index = load<u32>(place)
      store<u32>(place, index + 1)
      store<u32>(to + (<usize>index << 2), key)
    }
    const swap = from
    from = to
    to = swap
  }
  return from
}

/** Copies the values that are not NaN to `sample`, as keys; an evenly spaced part of them if there are too many. Returns how many. */
function sampleKeys(values: usize, n: u32, nPresent: u32, sample: usize): u32 {
  const last = values + (<usize>n << 2)
  if (nPresent <= MAX_SAMPLE) {
    let to = sample
    for (let at = values; at < last; at += 4) {
      if (isNaN(load<f32>(at))) continue
      store<u32>(to, toKey(load<u32>(at)))
      to += 4
    }
    return nPresent
  }
  const step = <f64>nPresent / <f64>MAX_SAMPLE
  let drawn: u32 = 0
  let present: u32 = 0
  let wanted: u32 = 0
  for (let at = values; at < last && drawn < MAX_SAMPLE; at += 4) {
    if (isNaN(load<f32>(at))) continue
    if (present++ != wanted) continue
    store<u32>(sample + (<usize>drawn << 2), toKey(load<u32>(at)))
    drawn++
    wanted = <u32>floor<f64>(<f64>drawn * step)
  }
  return drawn
}

@inline
function valueAt(keys: usize, i: u32): f32 {
  return reinterpret<f32>(fromKey(load<u32>(keys + (<usize>i << 2))))
}

/** A float32 e with a <= e < b: the middle, or a where there is nothing between or the middle is not finite. */
function between(a: f32, b: f32): f32 {
  const middle = <f32>(<f64>a + (<f64>b - <f64>a) / 2)
  return middle >= a && middle < b ? middle : a
}

/** Number of distinct values in ascending keys, counted no further than limit + 1. */
function countDistinct(keys: usize, n: u32, limit: u32): u32 {
  let count: u32 = n > 0 ? 1 : 0
  for (let i: u32 = 1; i < n && count <= limit; i++) if (valueAt(keys, i) != valueAt(keys, i - 1)) count++
  return count
}

/** Writes the edges of n float32 values (NaN is left out) to `edges`, at most maxBins - 1. Returns how many. `scratch` has EDGES_SCRATCH_BYTES. */
export function columnEdges(values: usize, n: u32, maxBins: u32, scratch: usize, edges: usize): u32 {
  let nPresent: u32 = 0
  for (let at = values, end = values + (<usize>n << 2); at < end; at += 4) nPresent += u32(!isNaN(load<f32>(at)))
  const sample = scratch + COUNTS_BYTES
  const nSample = sampleKeys(values, n, nPresent, sample)
  const sorted = sortKeys(sample, nSample, sample + (<usize>MAX_SAMPLE << 2), scratch)
  const distinct = countDistinct(sorted, nSample, maxBins) <= maxBins
  let nEdges: u32 = 0
  let begin: u32 = 0
  while (begin < nSample && nEdges < maxBins - 1) {
    const wanted = distinct ? 1 : floor<f64>(<f64>(nSample - begin) / <f64>(maxBins - nEdges) + 0.5)
    let last = min<u32>(nSample, begin + max<u32>(1, <u32>wanted)) - 1
    while (last + 1 < nSample && valueAt(sorted, last + 1) == valueAt(sorted, last)) last++
    if (last + 1 == nSample) break
    store<f32>(edges + (<usize>nEdges << 2), between(valueAt(sorted, last), valueAt(sorted, last + 1)))
    nEdges++
    begin = last + 1
  }
  return nEdges
}

/** Edges are looked through in blocks of so many: first the last edge of each block, then the block. */
const BLOCK: u32 = 16

/** Bytes of scratch for `binFloats`: 16 blocks of edges, and the last edge of each of the first 15. */
const BLOCKS_BYTES: usize = <usize>((16 * BLOCK + 16) << 2)

/** How many lanes of four vectors of masks are set. */
@inline
function countSet(a: v128, b: v128, c: v128, d: v128): u32 {
  return popcnt<u32>(<u32>i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d))))
}

/**
 * Bins of n float32 values by `nEdges` edges, at most 255, one byte each, `stride` bytes apart: how many edges lie below the
 * value; NaN gets the bin `missing`. `scratch` has EDGES_SCRATCH_BYTES.
 */
export function binFloats(
  values: usize,
  n: u32,
  edges: usize,
  nEdges: u32,
  missing: u32,
  scratch: usize,
  out: usize,
  stride: u32,
): void {
  const lasts = scratch + <usize>((16 * BLOCK) << 2)
  // No value is above infinity, so what fills up the blocks counts for nothing.
  for (let at = scratch; at < scratch + BLOCKS_BYTES; at += 4) store<f32>(at, Infinity)
  memory.copy(scratch, edges, <usize>nEdges << 2)
  for (let block: usize = 0; block < 15; block++) {
    store<f32>(lasts + (block << 2), load<f32>(scratch + ((block * <usize>BLOCK + <usize>(BLOCK - 1)) << 2)))
  }
  const a = v128.load(lasts)
  const b = v128.load(lasts, 16)
  const c = v128.load(lasts, 32)
  const d = v128.load(lasts, 48)
  for (const end = values + (<usize>n << 2); values < end; values += 4, out += <usize>stride) {
    const value = load<f32>(values)
    const v = f32x4.splat(value)
    const block = countSet(f32x4.lt(a, v), f32x4.lt(b, v), f32x4.lt(c, v), f32x4.lt(d, v))
    const at = scratch + (<usize>block << 6)
    const within = countSet(
      f32x4.lt(v128.load(at), v),
      f32x4.lt(v128.load(at, 16), v),
      f32x4.lt(v128.load(at, 32), v),
      f32x4.lt(v128.load(at, 48), v),
    )
    store<u8>(out, <u8>select<u32>(missing, (block << 4) + within, isNaN(value)))
  }
}

/** Places bins that are given as float32 values, one byte each, `stride` bytes apart. */
export function placeBins(values: usize, n: u32, out: usize, stride: u32): void {
  const last = values + (<usize>n << 2)
  for (; values < last; values += 4, out += <usize>stride) store<u8>(out, <u8>load<f32>(values))
}
