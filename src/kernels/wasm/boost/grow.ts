// Grows one tree of a boosted ensemble, leaf by leaf: the leaf with the best split is split next. All threads of a job run
// through the same steps, share out the parts of the rows or the bundles in each, and meet at the barrier; what they decide is
// the same in all of them.
import { IS_CATEGORY, IS_LEAF, MISSING_RIGHT, NODE_BYTES, Node } from '../node'
import { arrive } from './barrier'
import { bundleAt, cellsOf, columnOf, MARGIN_BYTES, memberAt, placeOf } from './bundle'
import { CATEGORY_BYTES, splitCategory } from './category'
import { gradientOf, hessianOf, quantise, unitsFor } from './cell'
import { gradients, normalise, totalSums } from './gradient'
import { addGathered, addRows, addSequence, GATHER_BYTES, mergePartials, subtract } from './histogram'
import { blockStep, BoostJob, BoostRates, endOfBlock, firstBlock, placeOfPart, scoresOf } from './job'
import { bestLeaf, countRows, Leaf, leafOf, spanOf, splitOf } from './leaf'
import { ABSOLUTE, LOGISTIC, SOFTMAX, sumLosses, isLog } from './loss'
import { writeMedians } from './median'
import { addToUnused, isPartial, listUsed } from './sample'
import { partitionWords, SIDE_BYTES, sidesOfSplit } from './side'
import { boundedScore, boundedValue, isBounded, SEARCH_BYTES, SPLIT_BYTES, Search, Split } from './split'
import { sideScore, soft, splitNumber } from './split'
import { beginStep, take, Taking } from './taking'

/** One thread's part in one tree. */
@unmanaged
class Growth {
  thread: u32
  nLeaves: u32
  nNodes: u32
  nSetWords: u32
  /** Quanta per unit. */
  gradientUnits: f64
  hessianUnits: f64
}

// Places in a thread's scratch.
const CATEGORY: usize = GATHER_BYTES
const MARGIN: usize = CATEGORY + CATEGORY_BYTES
const SIDE: usize = MARGIN + MARGIN_BYTES
const GROWTH: usize = SIDE + SIDE_BYTES
const TAKING: usize = GROWTH + 32
const SEARCHES: usize = TAKING + 32
export const SCRATCH_BYTES: usize = SEARCHES + 192

@inline
function scratchOf(job: BoostJob, thread: u32): usize {
  return <usize>job.scratch + <usize>thread * SCRATCH_BYTES
}

@inline
function takingOf(job: BoostJob, thread: u32): Taking {
  return changetype<Taking>(scratchOf(job, thread) + TAKING)
}

/** Grows the job's next tree and adds its values to the scores. Called by all threads; thread 0 writes the nodes. */
export function boostTree(job: BoostJob, thread: u32): void {
  const growth = changetype<Growth>(scratchOf(job, thread) + GROWTH)
  const taking = takingOf(job, thread)
  growth.thread = taking.thread = thread
  beginStep(taking, job.nParts)
  for (let part = take(job, taking); part >= 0; part = take(job, taking)) findGradients(job, part)
  arrive(job.barrier, job.nThreads)
  const sums = scratchOf(job, thread) + SEARCHES
  totalSums(job, sums)
  growth.gradientUnits = unitsFor(load<f64>(sums), job.nRows)
  growth.hessianUnits = unitsFor(load<f64>(sums, 8), job.nRows)
  plantRoot(job, growth)
  while (growth.nLeaves < job.maxLeaves) {
    const index = bestLeaf(job, thread, growth.nLeaves)
    if (index < 0) break
    splitLeaf(job, growth, index)
  }
  arrive(job.barrier, job.nThreads)
  if (job.loss == ABSOLUTE) {
    writeMedians(job, thread, growth.nLeaves, scratchOf(job, thread))
    arrive(job.barrier, job.nThreads)
  }
  findValues(job, growth)
  if (thread == 0) {
    job.nNodes = growth.nNodes
    job.nSetWords = growth.nSetWords
  }
  beginStep(taking, job.nParts)
  for (let part = take(job, taking); part >= 0; part = take(job, taking)) {
    addValues(job, growth, part)
    if (!isPartial(job)) follow(job, part)
  }
  arrive(job.barrier, job.nThreads)
  if (!isPartial(job)) return
  // The other rows walk down the tree, which thread 0 has completed.
  beginStep(taking, job.nParts)
  for (let part = take(job, taking); part >= 0; part = take(job, taking)) {
    const step = blockStep(job)
    for (let first = firstBlock(part); first < job.nRows; first += step) addToUnused(job, first, endOfBlock(job, first))
    follow(job, part)
  }
  arrive(job.barrier, job.nThreads)
}

function findGradients(job: BoostJob, part: u32): void {
  const step = blockStep(job)
  for (let first = firstBlock(part); first < job.nRows; first += step) {
    const end = endOfBlock(job, first)
    if (job.loss == SOFTMAX && job.classAtHand == 0) normalise(job, first, end)
    gradients(job, first, end)
  }
}

/** Sums the losses after the last tree of a round, if they are followed. */
function follow(job: BoostJob, part: u32): void {
  if (!job.isFollowed || job.classAtHand + 1 != job.nClasses) return
  const step = blockStep(job)
  for (let first = firstBlock(part); first < job.nRows; first += step) {
    const end = endOfBlock(job, first)
    if (job.loss == SOFTMAX) normalise(job, first, end)
    sumLosses(job, first, end)
  }
}

/** Where this thread adds up: the leaf's histogram itself if it is alone. Empties it. */
@inline
function emptyHistogram(job: BoostJob, thread: u32, slot: u32): usize {
  const bytes = <usize>job.histogramBytes
  const at =
    job.nThreads == 1 ? <usize>job.histograms + <usize>slot * bytes : <usize>job.partials + <usize>thread * bytes
  memory.fill(at, 0, bytes)
  return at
}

/** The leaf of all rows: turns their gradients into cells and adds them up in one go. */
function plantRoot(job: BoostJob, growth: Growth): void {
  const histogram = emptyHistogram(job, growth.thread, 0)
  const taking = takingOf(job, growth.thread)
  beginStep(taking, job.nParts)
  for (let part = take(job, taking); part >= 0; part = take(job, taking)) plantPart(job, growth, part, histogram)
  addGathered(job, scratchOf(job, growth.thread), histogram)
  const root = leafOf(job, growth.thread, 0)
  root.node = 0
  root.depth = 0
  root.slot = 0
  root.smoothed = 0
  root.least = -Infinity
  root.most = Infinity
  growth.nLeaves = 1
  growth.nNodes = 1
  growth.nSetWords = 0
  arrive(job.barrier, job.nThreads)
  // Every row is in one cell of each bundle, so the cells of one add up to the total.
  const bundle = bundleAt(job, placeOf(job, job.firstDrawn).bundle)
  const bytes = <usize>bundle.bytes
  const offset = <usize>bundle.offset
  if (growth.thread == 0 && job.nThreads > 1) mergePartials(job, <usize>job.histograms, offset, bytes)
  arrive(job.barrier, job.nThreads)
  root.total = sumOfCells(<usize>job.histograms + offset, bytes)
  findSplits(job, growth, 0, -1)
}

/** Cells and list of one part's rows. */
function plantPart(job: BoostJob, growth: Growth, part: u32, histogram: usize): void {
  const cells = <usize>job.cells
  const rows = <usize>job.rows + (<usize>placeOfPart(job, part) << 2)
  const step = blockStep(job)
  let n: u32 = 0
  for (let first = firstBlock(part); first < job.nRows; first += step) {
    const end = endOfBlock(job, first)
    const list = rows + (<usize>n << 2)
    quantise(cells + (<usize>first << 3), cells + (<usize>end << 3), growth.gradientUnits, growth.hessianUnits)
    if (isPartial(job)) {
      const nUsed = listUsed(job, first, end - first, list)
      addRows(job, list, nUsed, scratchOf(job, growth.thread), histogram)
      n += nUsed
      continue
    }
    addSequence(job, first, end - first, histogram)
    for (let row = first; row < end; row++) store<u32>(list + (<usize>(row - first) << 2), row)
    n += end - first
  }
  const span = spanOf(job, 0, part)
  span.begin = 0
  span.end = n
}

function sumOfCells(at: usize, bytes: usize): i64 {
  let sum: i64 = 0
  for (const last = at + bytes; at < last; at += 8) sum += load<i64>(at)
  return sum
}

/** Splits a leaf by its best split: it becomes the left side, a new leaf the right one. */
function splitLeaf(job: BoostJob, growth: Growth, index: u32): void {
  const thread = growth.thread
  const leaf = leafOf(job, thread, index)
  const right = leafOf(job, thread, growth.nLeaves)
  const split = splitOf(leaf)
  if (thread == 0) writeSplit(job, growth, leaf.node, split)
  right.depth = ++leaf.depth
  leaf.node = growth.nNodes
  right.node = growth.nNodes + 1
  boundSides(job, growth, leaf, right, split)
  right.total = leaf.total - split.left
  leaf.total = split.left
  leaf.smoothed = right.smoothed = split.smoothed
  growth.nNodes += 2
  const newIndex = growth.nLeaves++
  const leftIsSmall = hessianOf(leaf.total) <= hessianOf(right.total)
  const small = leftIsSmall ? index : newIndex
  const large = leftIsSmall ? newIndex : index
  leafOf(job, thread, large).slot = leaf.slot
  leafOf(job, thread, small).slot = newIndex
  const isLast = growth.nLeaves == job.maxLeaves || leaf.depth >= job.maxDepth
  const histogram: usize = isLast ? 0 : emptyHistogram(job, thread, newIndex)
  const taking = takingOf(job, thread)
  const side = scratchOf(job, thread) + SIDE
  const column = columnOf(job, placeOf(job, split.feature).bundle)
  sidesOfSplit(job, split, side)
  beginStep(taking, job.nParts)
  for (let part = take(job, taking); part >= 0; part = take(job, taking)) {
    const rows = dividePart(job, column, side, index, newIndex, part)
    if (isLast) continue
    const span = spanOf(job, small, part)
    addRows(job, rows + (<usize>span.begin << 2), span.end - span.begin, scratchOf(job, thread), histogram)
  }
  if (!isLast) addGathered(job, scratchOf(job, thread), histogram)
  split.gain = 0
  splitOf(right).gain = 0
  arrive(job.barrier, job.nThreads)
  if (!isLast) findSplits(job, growth, small, large)
}

/** Sends the leaf's rows of one part to the two sides. Returns where the part's rows lie. */
function dividePart(job: BoostJob, column: usize, side: usize, index: u32, newIndex: u32, part: u32): usize {
  const place = <usize>placeOfPart(job, part) << 2
  const rows = <usize>job.rows + place
  const left = spanOf(job, index, part)
  const right = spanOf(job, newIndex, part)
  right.end = left.end
  left.end = partitionWords(column, side, rows, left.begin, left.end, <usize>job.spareRows + place)
  right.begin = left.end
  return rows
}

/**
 * Bounds of both sides of a split: those of the leaf and, where the feature is monotone, the middle between their values, above
 * which nothing in the one and below which nothing in the other will be.
 */
function boundSides(job: BoostJob, growth: Growth, leaf: Leaf, right: Leaf, split: Split): void {
  right.least = leaf.least
  right.most = leaf.most
  const direction = directionOf(job, split.feature)
  if (direction == 0) return
  const rates = changetype<BoostRates>(job.rates)
  const search = changetype<Search>(scratchOf(job, growth.thread) + SEARCHES)
  const l2 = rates.l2 * growth.hessianUnits
  search.l1 = rates.l1 * growth.gradientUnits
  search.least = leaf.least
  search.most = leaf.most
  const others = leaf.total - split.left
  const low = boundedValue(gradientOf(split.left), hessianOf(split.left) + l2, search)
  const high = boundedValue(gradientOf(others), hessianOf(others) + l2, search)
  const middle = (low + high) / 2
  if (direction > 0) leaf.most = right.least = middle
  else leaf.least = right.most = middle
}

/** 1 where scores may not fall as the feature rises, -1 where they may not rise, else 0. */
@inline
function directionOf(job: BoostJob, feature: u32): i32 {
  return job.monotone ? <i32>load<i8>(<usize>job.monotone + <usize>feature) : 0
}

/** Appends the split to the nodes, and a category's set to the sets. */
function writeSplit(job: BoostJob, growth: Growth, index: u32, split: Split): void {
  const node = changetype<Node>(<usize>job.nodes + <usize>index * NODE_BYTES)
  const isCategory = load<u32>(<usize>job.isCategory + (<usize>split.feature << 2))
  node.feature = <u16>split.feature
  node.bin = <u8>(isCategory ? 0 : split.bin)
  node.flags = <u8>((isCategory ? IS_CATEGORY : 0) | (split.missingRight ? MISSING_RIGHT : 0))
  node.next = growth.nNodes
  node.payload = isCategory ? growth.nSetWords : 0
  if (!isCategory) return
  const nWords = (load<u32>(<usize>job.nBins + (<usize>split.feature << 2)) + 31) >> 5
  const set = changetype<usize>(split) + offsetof<Split>('set0')
  memory.copy(<usize>job.sets + (<usize>growth.nSetWords << 2), set, <usize>nWords << 2)
  growth.nSetWords += nWords
}

/**
 * Completes the histograms of a leaf and, unless it is -1, of its larger sibling, which still holds the parent's; then finds
 * the best split of each.
 */
function findSplits(job: BoostJob, growth: Growth, small: i32, large: i32): void {
  const thread = growth.thread
  const searches = scratchOf(job, thread) + SEARCHES
  const smallSearch = prepareSearch(job, growth, small, changetype<Search>(searches))
  const largeSearch = large < 0 ? false : prepareSearch(job, growth, large, changetype<Search>(searches + SEARCH_BYTES))
  const bytes = <usize>job.histogramBytes
  const own = <usize>job.histograms + <usize>leafOf(job, thread, small).slot * bytes
  const sibling: usize = large < 0 ? 0 : <usize>job.histograms + <usize>leafOf(job, thread, large).slot * bytes
  const margin = scratchOf(job, thread) + MARGIN
  const taking = takingOf(job, thread)
  beginStep(taking, job.nBundles)
  for (let index = take(job, taking); index >= 0; index = take(job, taking)) {
    const bundle = bundleAt(job, index)
    const offset = <usize>bundle.offset
    const size = <usize>bundle.bytes
    if (load<u8>(<usize>job.drawnBundles + <usize>index)) {
      if (job.nThreads > 1) mergePartials(job, own, offset, size)
      if (sibling) subtract(sibling + offset, own + offset, size)
    }
    for (let member = bundle.first; member < bundle.end; member++) {
      const f = memberAt(job, member)
      const split = <usize>job.splits + <usize>f * SPLIT_BYTES
      const next = split + <usize>job.nFeatures * SPLIT_BYTES
      if (!load<u8>(<usize>job.drawn + <usize>f)) {
        changetype<Split>(split).gain = changetype<Split>(next).gain = 0
        continue
      }
      const place = placeOf(job, f)
      if (smallSearch) {
        const cells = cellsOf(bundle, own + offset, place, margin)
        splitFeature(job, thread, f, cells, changetype<Search>(searches), split)
      }
      if (largeSearch) {
        const cells = cellsOf(bundle, sibling + offset, place, margin)
        splitFeature(job, thread, f, cells, changetype<Search>(searches + SEARCH_BYTES), next)
      }
    }
  }
  arrive(job.barrier, job.nThreads)
  pickSplit(job, thread, small, smallSearch, 0)
  if (large >= 0) pickSplit(job, thread, large, largeSearch, job.nFeatures)
}

/** What the search of one leaf's split needs. False if the leaf has too few rows to be split. */
function prepareSearch(job: BoostJob, growth: Growth, index: u32, search: Search): bool {
  const leaf = leafOf(job, growth.thread, index)
  const rates = changetype<BoostRates>(job.rates)
  leaf.nRows = countRows(job, index)
  if (leaf.nRows < 2 * job.minSamplesLeaf || leaf.depth >= job.maxDepth) return false
  const hessian = hessianOf(leaf.total)
  if (!(hessian > 0)) return false
  const units = growth.hessianUnits
  search.total = leaf.total
  search.l1 = rates.l1 * growth.gradientUnits
  search.l2 = rates.l2 * units
  search.rowsPerHessian = <f64>leaf.nRows / hessian
  // As LightGBM does, the rows of a side are told from its share of the hessian.
  search.minSide = max<f64>(rates.minHessian * units, <f64>job.minSamplesLeaf / search.rowsPerHessian)
  search.categorySmoothing = rates.categorySmoothing * units
  search.categoryL2 = rates.categoryL2 * units
  search.least = leaf.least
  search.most = leaf.most
  const gradient = gradientOf(leaf.total)
  const score = isBounded(search)
    ? boundedScore(gradient, hessian, search.l2, search)
    : sideScore(gradient, hessian, search.l1, search.l2)
  const minGain = (rates.minGain * growth.gradientUnits * growth.gradientUnits) / units
  // A gain within the rounding of its terms is none.
  search.bar = score + max<f64>(minGain, abs<f64>(score) * 1e-10)
  return true
}

function splitFeature(job: BoostJob, thread: u32, f: u32, cells: usize, search: Search, at: usize): void {
  const split = changetype<Split>(at)
  const nBins = load<u32>(<usize>job.nBins + (<usize>f << 2))
  split.feature = f
  if (load<u32>(<usize>job.isCategory + (<usize>f << 2))) {
    splitCategory(cells, nBins, search, split, scratchOf(job, thread) + CATEGORY)
  } else splitNumber(cells, nBins, search, split, directionOf(job, f))
}

/** Takes over the best of the features' splits, the first of equals. */
function pickSplit(job: BoostJob, thread: u32, index: u32, searched: bool, from: u32): void {
  const mine = splitOf(leafOf(job, thread, index))
  mine.gain = 0
  if (!searched) return
  let best = 0 as usize
  let gain: f64 = 0
  for (let f: u32 = 0; f < job.nFeatures; f++) {
    const at = <usize>job.splits + <usize>(from + f) * SPLIT_BYTES
    if (changetype<Split>(at).gain <= gain) continue
    gain = changetype<Split>(at).gain
    best = at
  }
  if (best) memory.copy(changetype<usize>(mine), best, SPLIT_BYTES)
}

/**
 * The largest step of a leaf: where its hessian has all but vanished a step would be without end, and sums of such steps would
 * have no digits left. Of logarithms it is a factor of 1e13; log-odds of a tenth of it are a probability of 1 already.
 */
function largestStep(job: BoostJob): f32 {
  if (isLog(job)) return 30
  return job.loss == LOGISTIC || job.loss == SOFTMAX ? 10_000 : f32.MAX_VALUE
}

/** The value of each leaf, a Newton step or a median times the learning rate; thread 0 writes it to the leaf's node. */
function findValues(job: BoostJob, growth: Growth): void {
  const rates = changetype<BoostRates>(job.rates)
  const l1 = rates.l1 * growth.gradientUnits
  const l2 = rates.l2 * growth.hessianUnits
  const categoryL2 = rates.categoryL2 * growth.hessianUnits
  const rate = (rates.learningRate * growth.hessianUnits) / growth.gradientUnits
  const mostStep = largestStep(job)
  for (let index: u32 = 0; index < growth.nLeaves; index++) {
    const leaf = leafOf(job, growth.thread, index)
    const denominator = hessianOf(leaf.total) + l2 + (leaf.smoothed ? categoryL2 : 0)
    let value = denominator > 0 ? <f32>((-rate * soft(gradientOf(leaf.total), l1)) / denominator) : 0
    // Bounds are in the middle between values, so they move few; what rises with them stays in order when it is rounded.
    value = min<f32>(max<f32>(value, <f32>(rate * leaf.least)), <f32>(rate * leaf.most))
    value = min<f32>(max<f32>(value, -mostStep), mostStep)
    const node = changetype<Node>(<usize>job.nodes + <usize>leaf.node * NODE_BYTES)
    if (job.loss == ABSOLUTE) value = reinterpret<f32>(node.payload)
    leaf.value = value
    if (growth.thread == 0) {
      node.feature = 0
      node.bin = 0
      node.flags = <u8>IS_LEAF
      node.next = countRows(job, index)
      node.payload = reinterpret<u32>(value)
    }
  }
}

/** Adds the values of the leaves to the scores of one part's rows. */
function addValues(job: BoostJob, growth: Growth, part: u32): void {
  const rows = <usize>job.rows + (<usize>placeOfPart(job, part) << 2)
  const scores = scoresOf(job)
  for (let index: u32 = 0; index < growth.nLeaves; index++) {
    const value = leafOf(job, growth.thread, index).value
    const span = spanOf(job, index, part)
    for (let at = rows + (<usize>span.begin << 2), last = rows + (<usize>span.end << 2); at < last; at += 4) {
      const score = scores + (<usize>load<u32>(at) << 2)
      store<f32>(score, load<f32>(score) + value)
    }
  }
}
