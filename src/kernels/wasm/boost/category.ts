// The best split of a category column: levels in the order of their gradients, a few of them to one side.
import { gradientOf, hessianOf } from './cell'
import { boundedScore, isBounded, Search, Split, sideScore } from './split'

/** Up to this many levels, one against the rest is tried, without further smoothing. */
const ONE_LEVEL_BINS: u32 = 4

/** Most levels on the side of the few. */
const MAX_LEVELS: u32 = 32

/** Between two boundaries that are tried lie at least this many rows. */
const MIN_GROUP_ROWS: f64 = 100

/** A level with fewer rows in the leaf stays on the right. */
const MIN_LEVEL_ROWS: f64 = 10

/** Bytes of scratch for `splitCategory`: 256 keys and 256 bins. */
export const CATEGORY_BYTES: usize = 256 * 12

/**
 * The best set of levels to go left; the others, levels that the leaf does not hold included, go right. Levels are put in the
 * order of G / (H + smoothing), in which the best of all subsets is a prefix (Fisher 1958), and prefixes from both ends are
 * tried. A missing value counts as a level. The limits on levels and rows are LightGBM's: without them a column with many
 * levels is fitted to noise. Overwrites `split`; its gain is 0 where no set is good enough.
 */
export function splitCategory(cells: usize, nBins: u32, search: Search, split: Split, scratch: usize): void {
  split.gain = 0
  memory.fill(setOf(split), 255, 32)
  split.missingRight = 1
  split.smoothed = u32(nBins > ONE_LEVEL_BINS)
  if (nBins <= ONE_LEVEL_BINS) oneLevel(cells, nBins, search, split)
  else fewLevels(cells, nBins, search, split, scratch)
}

@inline
function setOf(split: Split): usize {
  return changetype<usize>(split) + offsetof<Split>('set0')
}

/** One level left, the rest right. */
function oneLevel(cells: usize, nBins: u32, search: Search, split: Split): void {
  let best = search.bar
  let level = -1
  const totalH = hessianOf(search.total)
  for (let bin: u32 = 0; bin <= nBins; bin++) {
    const cell = load<i64>(cells + (<usize>bin << 3))
    const hessian = hessianOf(cell)
    if (hessian < search.minSide || totalH - hessian < search.minSide) continue
    const gradient = gradientOf(cell)
    const score = sumOfSides(gradient, hessian, search.l2, search)
    if (score <= best) continue
    best = score
    split.left = cell
    level = bin
  }
  if (level < 0) return
  split.gain = best - search.bar
  goLeft(split, level, nBins)
}

/** What both sides contribute, of which the left one has these sums. */
function sumOfSides(gradient: f64, hessian: f64, l2: f64, search: Search): f64 {
  const otherG = gradientOf(search.total) - gradient
  const otherH = hessianOf(search.total) - hessian
  if (isBounded(search)) {
    return boundedScore(gradient, hessian, l2, search) + boundedScore(otherG, otherH, l2, search)
  }
  return sideScore(gradient, hessian, search.l1, l2) + sideScore(otherG, otherH, search.l1, l2)
}

@inline
function goLeft(split: Split, bin: u32, nBins: u32): void {
  if (bin == nBins) {
    split.missingRight = 0
    return
  }
  const word = setOf(split) + (<usize>(bin >> 5) << 2)
  store<u32>(word, load<u32>(word) & ~(<u32>1 << (bin & 31)))
}

/** Prefixes of the ordered levels from either end. */
function fewLevels(cells: usize, nBins: u32, search: Search, split: Split, scratch: usize): void {
  const order = scratch + (256 << 3)
  const n = orderLevels(cells, nBins, search, scratch, order)
  const most = min(MAX_LEVELS, (n + 1) >> 1)
  let best = search.bar
  let bestSize: u32 = 0
  let fromEnd = false
  for (let direction = 0; direction < 2; direction++) {
    const totalH = hessianOf(search.total)
    const l2 = search.l2 + search.categoryL2
    let left: i64 = 0
    let groupStart: f64 = 0
    for (let i: u32 = 0; i < most; i++) {
      const place = direction ? n - 1 - i : i
      left += load<i64>(cells + (<usize>load<u32>(order + (<usize>place << 2)) << 3))
      const hessian = hessianOf(left)
      if (hessian < search.minSide) continue
      if (totalH - hessian < search.minSide || (totalH - hessian) * search.rowsPerHessian < MIN_GROUP_ROWS) break
      if ((hessian - groupStart) * search.rowsPerHessian < MIN_GROUP_ROWS) continue
      groupStart = hessian
      const gradient = gradientOf(left)
      const score = sumOfSides(gradient, hessian, l2, search)
      if (score <= best) continue
      best = score
      split.left = left
      bestSize = i + 1
      fromEnd = direction == 1
    }
  }
  if (bestSize == 0) return
  split.gain = best - search.bar
  for (let i: u32 = 0; i < bestSize; i++) {
    goLeft(split, load<u32>(order + (<usize>(fromEnd ? n - 1 - i : i) << 2)), nBins)
  }
}

/** Puts the levels with enough rows in the order of G / (H + smoothing), ties by bin. Returns how many they are. */
function orderLevels(cells: usize, nBins: u32, search: Search, keys: usize, order: usize): u32 {
  let n: u32 = 0
  for (let bin: u32 = 0; bin <= nBins; bin++) {
    const cell = load<i64>(cells + (<usize>bin << 3))
    const hessian = hessianOf(cell)
    if (cell == 0 || hessian * search.rowsPerHessian < MIN_LEVEL_ROWS) continue
    const key = gradientOf(cell) / (hessian + search.categorySmoothing)
    let place = n
    while (place > 0 && load<f64>(keys + (<usize>(place - 1) << 3)) > key) {
      store<f64>(keys + (<usize>place << 3), load<f64>(keys + (<usize>(place - 1) << 3)))
      store<u32>(order + (<usize>place << 2), load<u32>(order + (<usize>(place - 1) << 2)))
      place--
    }
    store<f64>(keys + (<usize>place << 3), key)
    store<u32>(order + (<usize>place << 2), bin)
    n++
  }
  return n
}
