// Splits of a node by Gini impurity over several classes. Histograms have entries of one word for rows and weight, as the first
// of a wide cell, and one for the weight of each class; so they are searched one feature at a time.
import { MISSING } from './bin'
import { samplesOf, weightOf } from './cell'
import { BETTER, CONSTANT, GrowJob, RUN_SLOTS, SPLIT, WORSE } from './forest-job'
import { nextWord, Random } from './philox'
import { drawSlot, sendLevelRight } from './random-split'
import { boundary, LEVEL_SET, Split, take } from './split'

@inline
function entryBytes(job: GrowJob): usize {
  return <usize>(job.nClasses + 1) << 3
}

/** The entry of all rows of the node, behind the histogram. */
@inline
function totalOf(job: GrowJob): usize {
  return <usize>job.classHistogram + 256 * entryBytes(job)
}

/** An entry's first word as a wide cell; its sum is not known. */
@inline
function cellOf(entry: usize): v128 {
  return i64x2.replace_lane(i64x2.splat(0), 0, load<i64>(entry))
}

@inline
function addRow(job: GrowJob, row: usize, entry: usize): void {
  const cell = load<u64>(<usize>job.cells + (row << 4))
  const place = entry + 8 + (<usize>load<f64>(<usize>job.values + (row << 3)) << 3)
  store<u64>(entry, load<u64>(entry) + cell)
  store<u64>(place, load<u64>(place) + <u64>weightOf<v128>(i64x2.splat(<i64>cell)))
}

function addEntry(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 8) store<u64>(to + at, load<u64>(to + at) + load<u64>(from + at))
}

function subtractEntry(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 8) store<u64>(to + at, load<u64>(to + at) - load<u64>(from + at))
}

/** Adds up the classes of all rows of a node, for `searchClasses` and `writeShares`. */
export function sumClasses(job: GrowJob, begin: u32, end: u32): void {
  const total = totalOf(job)
  memory.fill(total, 0, entryBytes(job))
  for (let i = begin; i < end; i++) addRow(job, <usize>load<u32>(<usize>job.rows + (<usize>i << 2)), total)
}

/** Writes the share of each class in the node that was added up, as float32, and returns the number of the leaf. */
export function writeShares(job: GrowJob): u32 {
  const leaf = job.nLeaves++
  const total = totalOf(job)
  const weight = weightOf<v128>(cellOf(total))
  const out = <usize>job.shares + ((<usize>leaf * <usize>job.nClasses) << 2)
  for (let k: usize = 0; k < <usize>job.nClasses; k++) {
    store<f32>(out + (k << 2), <f32>(<f64>load<u64>(total + 8 + (k << 3)) / weight))
  }
  return leaf
}

/** The sum over sides of the sum over classes of w^2 / w. */
function classScore(job: GrowJob, left: usize): f64 {
  const total = totalOf(job)
  let squaresL: f64 = 0
  let squaresR: f64 = 0
  for (let at: usize = 8; at < entryBytes(job); at += 8) {
    const weightL = <f64>load<u64>(left + at)
    const weightR = <f64>load<u64>(total + at) - weightL
    squaresL += weightL * weightL
    squaresR += weightR * weightR
  }
  const weightL = weightOf<v128>(cellOf(left))
  return squaresL / weightL + squaresR / (weightOf<v128>(cellOf(total)) - weightL)
}

/** Searches one feature, whose node was added up by `sumClasses`. */
export function searchClasses(job: GrowJob, begin: u32, end: u32, feature: u32): u32 {
  const bytes = entryBytes(job)
  const histogram = <usize>job.classHistogram
  const column = <usize>job.bins + <usize>feature * <usize>job.nRows
  const rows = <usize>job.rows
  for (let i = begin; i < end; i++) {
    const row = <usize>load<u32>(rows + (<usize>i << 2))
    addRow(job, row, histogram + <usize>load<u8>(column + row) * bytes)
  }
  const slots = <usize>job.work + RUN_SLOTS
  const order = <usize>job.orders + (<usize>feature << 8)
  const nBins = load<u32>(<usize>job.nBins + (<usize>feature << 2))
  let n: u32 = 0
  for (let place: u32 = 0; place < nBins; place++) {
    store<u32>(slots + (<usize>n << 2), place)
    n += u32(load<u64>(histogram + <usize>load<u8>(order + <usize>place) * bytes) != 0)
  }
  const hasMissing = load<u64>(histogram + <usize>MISSING * bytes) != 0
  let outcome = CONSTANT
  if (n + u32(hasMissing) >= 2) {
    const isBetter = job.centres
      ? drawSplit(job, feature, n, hasMissing, order)
      : seekSplit(job, n, hasMissing, order)
    outcome = isBetter ? BETTER : WORSE
  }
  if (end - begin < nBins) {
    for (let i = begin; i < end; i++) {
      const row = <usize>load<u32>(rows + (<usize>i << 2))
      memory.fill(histogram + <usize>load<u8>(column + row) * bytes, 0, bytes)
    }
  } else {
    memory.fill(histogram, 0, <usize>nBins * bytes)
    memory.fill(histogram + <usize>MISSING * bytes, 0, bytes)
  }
  return outcome
}

/** As `bestSplit`. */
function seekSplit(job: GrowJob, n: u32, hasMissing: bool, order: usize): bool {
  const bytes = entryBytes(job)
  const histogram = <usize>job.classHistogram
  const slots = <usize>job.work + RUN_SLOTS
  const best = changetype<Split>(<usize>job.work + SPLIT)
  const left = totalOf(job) + bytes
  const samples = samplesOf<v128>(cellOf(totalOf(job)))
  const before = best.score
  for (let missingLeft: u32 = 0; missingLeft <= u32(hasMissing); missingLeft++) {
    memory.fill(left, 0, bytes)
    if (missingLeft) addEntry(histogram + <usize>MISSING * bytes, left, bytes)
    const last = hasMissing && !missingLeft ? n : n - 1
    for (let i: u32 = 0; i < last; i++) {
      const bin = <usize>load<u8>(order + <usize>load<u32>(slots + (<usize>i << 2)))
      addEntry(histogram + bin * bytes, left, bytes)
      const samplesL = samplesOf<v128>(cellOf(left))
      if (samplesL < job.minSamplesLeaf) continue
      if (samples - samplesL < job.minSamplesLeaf) break
      const score = classScore(job, left)
      if (score <= best.score) continue
      const missingRight = !missingLeft && (hasMissing || samplesL * 2 < samples)
      take<v128>(best, score, boundary(slots, i, n), missingRight, cellOf(left))
    }
  }
  return best.score > before
}

function drawSplit(job: GrowJob, feature: u32, n: u32, hasMissing: bool, order: usize): bool {
  const isCategory = load<u8>(<usize>job.isCategory + <usize>feature) != 0
  if (isCategory && n > 1) return levelSplit(job, n, hasMissing, order)
  return randomSplit(job, feature, n, hasMissing, order)
}

/** As `randomNumberSplit`. */
function randomSplit(job: GrowJob, feature: u32, n: u32, hasMissing: bool, order: usize): bool {
  const bytes = entryBytes(job)
  const histogram = <usize>job.classHistogram
  const slots = <usize>job.work + RUN_SLOTS
  const random = changetype<Random>(changetype<usize>(job) + offsetof<GrowJob>('thresholdKey'))
  const left = totalOf(job) + bytes
  const slot = n > 1 ? drawSlot(slots, n, <usize>job.centres + (<usize>feature << 10), random) : MISSING - 1
  memory.fill(left, 0, bytes)
  for (let i: u32 = 0; i < n; i++) {
    const place = load<u32>(slots + (<usize>i << 2))
    if (place <= slot) addEntry(histogram + <usize>load<u8>(order + <usize>place) * bytes, left, bytes)
  }
  let missingRight: u32 = 1
  if (n > 1 && hasMissing) {
    missingRight = nextWord(random) & 1
    if (!missingRight) addEntry(histogram + <usize>MISSING * bytes, left, bytes)
  }
  return offer(job, left, slot, hasMissing, missingRight)
}

/** As `levelSplit` in random-split.ts. */
function levelSplit(job: GrowJob, n: u32, hasMissing: bool, order: usize): bool {
  const bytes = entryBytes(job)
  const histogram = <usize>job.classHistogram
  const slots = <usize>job.work + RUN_SLOTS
  const random = changetype<Random>(changetype<usize>(job) + offsetof<GrowJob>('thresholdKey'))
  const left = totalOf(job) + bytes
  const missingRight = hasMissing ? nextWord(random) & 1 : 0
  let isBetter = false
  for (let i: u32 = 0; i < n; i++) {
    const bin = <u32>load<u8>(order + <usize>load<u32>(slots + (<usize>i << 2)))
    memory.copy(left, totalOf(job), bytes)
    subtractEntry(histogram + <usize>bin * bytes, left, bytes)
    if (missingRight) subtractEntry(histogram + <usize>MISSING * bytes, left, bytes)
    if (!offer(job, left, LEVEL_SET, hasMissing, missingRight)) continue
    sendLevelRight(changetype<Split>(<usize>job.work + SPLIT), bin)
    isBetter = true
  }
  return isBetter
}

/** Takes the split with this left side if it is better. Where there are no missing values they follow the larger side. */
function offer(job: GrowJob, left: usize, slot: u32, hasMissing: bool, drawnRight: u32): bool {
  const best = changetype<Split>(<usize>job.work + SPLIT)
  const samples = samplesOf<v128>(cellOf(totalOf(job)))
  const samplesL = samplesOf<v128>(cellOf(left))
  if (samplesL < job.minSamplesLeaf || samples - samplesL < job.minSamplesLeaf) return false
  const score = classScore(job, left)
  if (score <= best.score) return false
  const missingRight = hasMissing ? drawnRight : u32(samplesL * 2 < samples)
  take<v128>(best, score, slot, missingRight != 0, cellOf(left))
  return true
}
