// The best split of a leaf by the gain of a second-order step (Friedman 2001; Chen & Guestrin 2016, equation 7): the sum over
// both sides of soft(G)^2 / (H + l2), less that of the leaf as it is. Everything here is in quanta of the tree's cells.
import { gradientOf, hessianOf } from './cell'

/** A split of one feature. Its gain is in quanta; not above 0 means that there is none. 64 bytes. */
@unmanaged
export class Split {
  gain: f64
  /** Sum of the cells that go left. */
  left: i64
  /** Last bin that goes left, for a number. */
  bin: u32
  missingRight: u32
  /** For a category: bit b says that bin b goes right; 8 words. */
  set0: u32
  set1: u32
  set2: u32
  set3: u32
  set4: u32
  set5: u32
  set6: u32
  set7: u32
  feature: u32
  /** 1 where categoryL2 was added to l2; it is then in the values of both sides, too. */
  smoothed: u32
}

/** Bytes of a split. */
export const SPLIT_BYTES: usize = 64

/** What the search for a split of one leaf needs to know. */
@unmanaged
export class Search {
  /** Sum over the leaf's rows. */
  total: i64
  l1: f64
  l2: f64
  /** The sum of both sides' scores is to exceed this. */
  bar: f64
  /** Least hessian of a side. */
  minSide: f64
  /** Rows per quantum of hessian, to tell the number of rows of a side. */
  rowsPerHessian: f64
  categorySmoothing: f64
  categoryL2: f64
  /** The values of both sides are to lie between these. */
  least: f64
  most: f64
}

/** Bytes of a search, whole 16. */
export const SEARCH_BYTES: usize = 80

@inline
export function isBounded(search: Search): bool {
  return search.least > -Infinity || search.most < Infinity
}

/** |x| less l1, with the sign of x; 0 within. */
@inline
export function soft(x: f64, l1: f64): f64 {
  return copysign<f64>(max<f64>(abs<f64>(x) - l1, 0), x)
}

/** What one side, or an unsplit leaf, contributes. 0 where the denominator is. */
export function sideScore(gradient: f64, hessian: f64, l1: f64, l2: f64): f64 {
  const g = soft(gradient, l1)
  const denominator = hessian + l2
  return denominator > 0 ? (g * g) / denominator : 0
}

/** The value of a side, or of an unsplit leaf: that which lowers the loss most, of those within the bounds. */
export function boundedValue(gradient: f64, denominator: f64, search: Search): f64 {
  const free = denominator > 0 ? -soft(gradient, search.l1) / denominator : 0
  return min<f64>(max<f64>(free, search.least), search.most)
}

/** What a side of this value contributes; as `sideScore` where no bound has moved it. */
@inline
function scoreOf(value: f64, gradient: f64, denominator: f64, l1: f64): f64 {
  return -(2 * (gradient * value + l1 * abs<f64>(value)) + denominator * value * value)
}

/** What one side, or an unsplit leaf, contributes within the bounds. */
export function boundedScore(gradient: f64, hessian: f64, l2: f64, search: Search): f64 {
  const value = boundedValue(gradient, hessian + l2, search)
  return scoreOf(value, gradient, hessian + l2, search.l1)
}

/**
 * Scans the bins of a number column for the best boundary, with the missing values right and, if the leaf has any, left. Where
 * it has none they follow the larger side. Overwrites `split`; its gain is 0 where no boundary is good enough.
 * @param direction 1 where the value of the left side may not be above that of the right, -1 where not below, else 0
 */
export function splitNumber(cells: usize, nBins: u32, search: Search, split: Split, direction: i32): void {
  split.gain = 0
  split.smoothed = 0
  const missing = load<i64>(cells + (<usize>nBins << 3))
  split.missingRight = 1
  const n = missing ? nBins : nBins - 1
  const isFree = direction == 0 && !isBounded(search)
  let best = isFree
    ? scan(cells, n, 0, search, search.bar, split)
    : boundedScan(cells, n, 0, search, search.bar, split, direction)
  if (missing) {
    best = isFree
      ? scan(cells, nBins - 1, missing, search, best, split)
      : boundedScan(cells, nBins - 1, missing, search, best, split, direction)
  }
  if (!missing) split.missingRight = u32(hessianOf(search.total) - hessianOf(split.left) > hessianOf(split.left))
  if (best > search.bar) split.gain = best - search.bar
}

/** The best sum of scores above `best` over the first `n` boundaries, with `missing` on the left. */
function scan(cells: usize, n: u32, missing: i64, search: Search, best: f64, split: Split): f64 {
  let left = missing
  const totalG = gradientOf(search.total)
  const totalH = hessianOf(search.total)
  const minSide = search.minSide
  const maxSide = totalH - minSide
  const l1 = search.l1
  const l2 = search.l2
  for (let bin: u32 = 0; bin < n; bin++) {
    left += load<i64>(cells + (<usize>bin << 3))
    const hessian = hessianOf(left)
    if (hessian < minSide) continue
    if (hessian > maxSide) break
    const gradient = gradientOf(left)
    const a = hessian + l2
    const b = totalH - hessian + l2
    const gl = l1 > 0 ? soft(gradient, l1) : gradient
    const gr = l1 > 0 ? soft(totalG - gradient, l1) : totalG - gradient
    const numerator = gl * gl * b + gr * gr * a
    // Compared without dividing, as nearly every boundary is worse than the best.
    if (numerator > best * (a * b)) {
      best = numerator / (a * b)
      split.left = left
      split.bin = bin
      if (missing) split.missingRight = 0
    }
  }
  return best
}

/** As `scan`, with the values of both sides within the bounds and in the direction. */
function boundedScan(
  cells: usize,
  n: u32,
  missing: i64,
  search: Search,
  best: f64,
  split: Split,
  direction: i32,
): f64 {
  let left = missing
  const totalG = gradientOf(search.total)
  const totalH = hessianOf(search.total)
  for (let bin: u32 = 0; bin < n; bin++) {
    left += load<i64>(cells + (<usize>bin << 3))
    const hessian = hessianOf(left)
    if (hessian < search.minSide) continue
    if (hessian > totalH - search.minSide) break
    const gradient = gradientOf(left)
    const a = hessian + search.l2
    const b = totalH - hessian + search.l2
    const low = boundedValue(gradient, a, search)
    const high = boundedValue(totalG - gradient, b, search)
    if (<f64>direction * (high - low) < 0) continue
    const score = scoreOf(low, gradient, a, search.l1) + scoreOf(high, totalG - gradient, b, search.l1)
    if (score <= best) continue
    best = score
    split.left = left
    split.bin = bin
    if (missing) split.missingRight = 0
  }
  return best
}
