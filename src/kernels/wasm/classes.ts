// Splits of a node by Gini impurity over several classes. Histograms have entries of one word for rows and weight, as the first
// of a wide cell, and one for the weight of each class; so they are searched one feature at a time.
import { MISSING } from './bin'
import { samplesOf, weightOf } from './cell'
import { BETTER, CONSTANT, GrowJob, RUN_SLOTS, SIDE, SPLIT, WORSE } from './forest-job'
import { nextWord, Random } from './philox'
import { drawSet, drawSlot } from './random-split'
import { boundary, RANDOM_SET, setOf, Split, take } from './split'

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
      ? randomSplit(job, feature, n, hasMissing, order)
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

/** As `randomNumberSplit` and `randomCategorySplit`. */
function randomSplit(job: GrowJob, feature: u32, n: u32, hasMissing: bool, order: usize): bool {
  const bytes = entryBytes(job)
  const histogram = <usize>job.classHistogram
  const slots = <usize>job.work + RUN_SLOTS
  const set = <usize>job.work + SIDE
  const best = changetype<Split>(<usize>job.work + SPLIT)
  const random = changetype<Random>(changetype<usize>(job) + offsetof<GrowJob>('thresholdKey'))
  const left = totalOf(job) + bytes
  const samples = samplesOf<v128>(cellOf(totalOf(job)))
  let slot: u32 = MISSING - 1
  if (n > 1) {
    const nBins = load<u32>(<usize>job.nBins + (<usize>feature << 2))
    const isCategory = load<u8>(<usize>job.isCategory + <usize>feature) != 0
    if (isCategory) drawSet(slots, n, nBins, random, set)
    slot = isCategory ? RANDOM_SET : drawSlot(slots, n, <usize>job.centres + (<usize>feature << 10), random)
  }
  memory.fill(left, 0, bytes)
  for (let i: u32 = 0; i < n; i++) {
    const place = load<u32>(slots + (<usize>i << 2))
    const isRight = slot == RANDOM_SET ? (load<u8>(set + <usize>(place >> 3)) >> <u8>(place & 7)) & 1 : u8(place > slot)
    if (!isRight) addEntry(histogram + <usize>load<u8>(order + <usize>place) * bytes, left, bytes)
  }
  let missingRight: u32 = 1
  if (n > 1 && hasMissing) {
    missingRight = nextWord(random) & 1
    if (!missingRight) addEntry(histogram + <usize>MISSING * bytes, left, bytes)
  }
  const samplesL = samplesOf<v128>(cellOf(left))
  if (!hasMissing) missingRight = u32(samplesL * 2 < samples)
  if (samplesL < job.minSamplesLeaf || samples - samplesL < job.minSamplesLeaf) return false
  const score = classScore(job, left)
  if (score <= best.score) return false
  take<v128>(best, score, slot, missingRight != 0, cellOf(left))
  if (slot == RANDOM_SET) memory.copy(setOf(best), set, 32)
  return true
}
