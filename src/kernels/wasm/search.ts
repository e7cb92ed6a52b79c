// The search for a node's split among randomly drawn features.
import { isEmpty, sumOf, weightOf } from './cell'
import { searchClasses, sumClasses } from './classes'
import {
  BETTER,
  CONSTANT,
  COLUMNS,
  COUNTS,
  FEATURES,
  GrowJob,
  HISTOGRAMS,
  LISTS,
  RUN_CELLS,
  RUN_SLOTS,
  SPLIT,
  WORSE,
} from './forest-job'
import { accumulate, accumulateListed, gatherCells, GROUP, HISTOGRAM_BYTES, LIST_BYTES, sumCells } from './histogram'
import { orderByMean } from './order'
import { Random, nextBelow } from './philox'
import { levelSplit, randomNumberSplit } from './random-split'
import { collectListedRuns, collectRuns, takeMissing } from './runs'
import { bestSplit, Split } from './split'

/** Starts a tree: features in their order, none known to be constant, categories ordered by the nOthers rows out of bag. */
export function startSearch<C>(job: GrowJob, nOthers: u32): void {
  for (let f: u32 = 0; f < job.nFeatures; f++) store<u32>(<usize>job.permutation + (<usize>f << 2), f)
  memory.fill(<usize>job.constants, 0, <usize>job.nFeatures << 3)
  if (job.centres) return
  const work = <usize>job.work
  if (isVector<C>()) gatherCells(job.cells, job.spareRows, 0, nOthers, job.ordered)
  const all = sumCells<C>(job.cells, job.spareRows, 0, nOthers)
  const row = nOthers ? weightOf<C>(all) / <f64>nOthers : 1
  const prior = nOthers ? sumOf<C>(all) / weightOf<C>(all) : 0
  let n: u32 = 0
  for (let f: u32 = 0; f < job.nFeatures; f++) {
    if (load<u8>(<usize>job.isCategory + <usize>f)) addToGroup(job, f, n++)
    if (n == 0 || (n < GROUP && f + 1 < job.nFeatures)) continue
    accumulate<C>(work + COLUMNS, n, job.spareRows, 0, nOthers, job.ordered, work + HISTOGRAMS)
    for (let k: u32 = 0; k < n; k++) {
      const feature = <usize>load<u32>(work + FEATURES + (<usize>k << 2))
      const histogram = work + HISTOGRAMS + <usize>k * HISTOGRAM_BYTES
      const nBins = load<u32>(<usize>job.nBins + (feature << 2))
      const tables = feature << 8
      orderByMean<C>(histogram, nBins, row, prior, <usize>job.ranks + tables, <usize>job.orders + tables, work + RUN_CELLS)
    }
    n = 0
  }
}

@inline
function addToGroup(job: GrowJob, feature: u32, place: u32): void {
  const at = <usize>job.work + (<usize>place << 2)
  store<u32>(at, feature, FEATURES)
  store<u32>(at, job.bins + feature * job.nRows, COLUMNS)
}

/** Whether the feature is the same in all rows of a node around this one, and so in this one. */
@inline
function isKnownConstant(job: GrowJob, feature: u32, begin: u32, end: u32): bool {
  const node = <usize>job.constants + (<usize>feature << 3)
  return load<u32>(node) <= begin && end <= load<u32>(node, 4)
}

@inline
function markConstant(job: GrowJob, feature: u32, begin: u32, end: u32): void {
  const node = <usize>job.constants + (<usize>feature << 3)
  store<u32>(node, begin)
  store<u32>(node, end, 4)
}

/** Draws the next feature, as a shuffle would that stops where it is no longer needed. */
@inline
function drawFeature(job: GrowJob, nDrawn: u32): u32 {
  const random = changetype<Random>(changetype<usize>(job) + offsetof<GrowJob>('key'))
  const here = <usize>job.permutation + (<usize>nDrawn << 2)
  const there = <usize>job.permutation + (<usize>(nDrawn + nextBelow(random, job.nFeatures - nDrawn)) << 2)
  const feature = load<u32>(there)
  store<u32>(there, load<u32>(here))
  store<u32>(here, feature)
  return feature
}

/** The best split over drawn features: `maxFeatures` of them, and more while all drawn ones are constant here. */
export function findSplit<C>(job: GrowJob, begin: u32, end: u32, total: C): bool {
  const work = <usize>job.work
  const split = changetype<Split>(work + SPLIT)
  split.score = -1
  if (isVector<C>()) {
    if (job.nClasses) sumClasses(job, begin, end)
    else gatherCells(job.cells, job.rows, begin, end, job.ordered)
  }
  let found = false
  let varied = false
  let nDrawn: u32 = 0
  while (nDrawn < job.nFeatures && (nDrawn < job.maxFeatures || !varied)) {
    const left = nDrawn < job.maxFeatures ? job.maxFeatures - nDrawn : 1
    // Three and two rather than four and one.
    const size: u32 = job.nClasses ? 1 : left == GROUP + 1 ? GROUP - 1 : min(left, GROUP)
    let n: u32 = 0
    let mostBins: u32 = 0
    for (let k: u32 = 0; k < size; k++) {
      const feature = drawFeature(job, nDrawn++)
      if (isKnownConstant(job, feature, begin, end)) continue
      mostBins = max(mostBins, load<u32>(<usize>job.nBins + (<usize>feature << 2)))
      addToGroup(job, feature, n++)
    }
    if (n == 0) continue
    if (job.nClasses) {
      const feature = load<u32>(work + FEATURES)
      const outcome = searchClasses(job, begin, end, feature)
      if (outcome == CONSTANT) markConstant(job, feature, begin, end)
      else varied = true
      if (outcome == BETTER) {
        split.feature = feature
        found = true
      }
      continue
    }
    // A walk over all bins costs more than a list of those in use where rows are few.
    const listed = (end - begin) * 2 < mostBins
    const columns = work + COLUMNS
    const histograms = work + HISTOGRAMS
    if (listed) {
      const lists = work + LISTS
      accumulateListed<C>(columns, n, job.rows, begin, end, job.ordered, histograms, lists, work + COUNTS)
    } else {
      accumulate<C>(columns, n, job.rows, begin, end, job.ordered, histograms)
    }
    for (let k: u32 = 0; k < n; k++) {
      const outcome = searchFeature<C>(job, begin, end, total, k, listed)
      if (outcome != CONSTANT) varied = true
      if (outcome == BETTER) found = true
    }
  }
  return found
}

/** Searches the k-th histogram of the group. */
function searchFeature<C>(job: GrowJob, begin: u32, end: u32, total: C, k: u32, listed: bool): u32 {
  const work = <usize>job.work
  const feature = load<u32>(work + FEATURES + (<usize>k << 2))
  const histogram = work + HISTOGRAMS + <usize>k * HISTOGRAM_BYTES
  const tables = <usize>feature << 8
  const order = <usize>job.orders + tables
  const slots = work + RUN_SLOTS
  const cells = work + RUN_CELLS
  const missing = takeMissing<C>(histogram)
  let n: u32 = 0
  if (listed) {
    const list = work + LISTS + <usize>k * LIST_BYTES
    const nListed = load<u32>(work + COUNTS + (<usize>k << 2))
    n = collectListedRuns<C>(histogram, <usize>job.ranks + tables, order, list, nListed, slots, cells)
  } else {
    n = collectRuns<C>(histogram, order, load<u32>(<usize>job.nBins + (<usize>feature << 2)), slots, cells)
  }
  if (n + u32(!isEmpty<C>(missing)) < 2) {
    markConstant(job, feature, begin, end)
    return CONSTANT
  }
  const split = changetype<Split>(work + SPLIT)
  const classes: f64 = job.isRegression ? 0 : 1
  const minLeaf = job.minSamplesLeaf
  let isBetter = false
  if (!job.centres) {
    isBetter = bestSplit<C>(slots, cells, n, missing, total, minLeaf, classes, split)
  } else {
    const random = changetype<Random>(changetype<usize>(job) + offsetof<GrowJob>('thresholdKey'))
    if (load<u8>(<usize>job.isCategory + <usize>feature)) {
      isBetter = levelSplit<C>(slots, cells, n, missing, total, minLeaf, classes, random, split)
    } else {
      const centres = <usize>job.centres + (<usize>feature << 10)
      isBetter = randomNumberSplit<C>(slots, cells, n, missing, total, minLeaf, classes, centres, random, split)
    }
  }
  if (!isBetter) return WORSE
  split.feature = feature
  return BETTER
}
