// A split of one feature drawn at random (Geurts, Ernst & Wehenkel 2006, "Extremely randomized trees").
import { MISSING } from './bin'
import { addCells, cellShift, isEmpty, noCell, samplesOf, sumOf, weightOf } from './cell'
import { nextWord, Random } from './philox'
import { RANDOM_SET, setOf, Split, splitScore, take } from './split'

/** A number in [0, 1). */
@inline
function nextUnit(random: Random): f64 {
  return <f64>nextWord(random) / 4294967296.0
}

/**
 * A slot from that of the first of n runs to that before the last: the left side ends with the last bin whose centre is not above
 * a value drawn evenly between those of the two.
 */
export function drawSlot(slots: usize, n: u32, centres: usize, random: Random): u32 {
  const last = load<u32>(slots + (<usize>(n - 1) << 2))
  let slot = load<u32>(slots)
  const lowest = <f64>load<f32>(centres + (<usize>slot << 2))
  const value = lowest + (<f64>load<f32>(centres + (<usize>last << 2)) - lowest) * nextUnit(random)
  while (slot + 1 < last && <f64>load<f32>(centres + (<usize>slot << 2), 4) <= value) slot++
  return slot
}

/** A set of levels, as 256 bits: each with a chance of one half, drawn again until some of the n runs are in it and some not. */
export function drawSet(slots: usize, n: u32, nBins: u32, random: Random, set: usize): void {
  let nInside: u32 = 0
  do {
    memory.fill(set, 0, 32)
    for (let bin: u32 = 0; bin < nBins; bin += 32) {
      const unused: u32 = bin + 32 > nBins ? bin + 32 - nBins : 0
      store<u32>(set + <usize>(bin >> 3), (nextWord(random) << unused) >> unused)
    }
    nInside = 0
    for (let i: u32 = 0; i < n; i++) {
      const bin = load<u32>(slots + (<usize>i << 2))
      nInside += <u32>(load<u8>(set + <usize>(bin >> 3)) >> <u8>(bin & 7)) & 1
    }
  } while (nInside == 0 || nInside == n)
}

/**
 * One random split of a number over n runs: at a value drawn evenly between the centres of the smallest and the largest bin
 * in use, so that it falls between two bins as often as their values lie apart. Missing values go to a random side; if all
 * others are in one bin they are split off. Taken if it is better than `best`, and both sides keep `minLeaf` samples.
 */
export function randomNumberSplit<C>(
  slots: usize,
  cells: usize,
  n: u32,
  missing: C,
  total: C,
  minLeaf: u32,
  classes: f64,
  centres: usize,
  random: Random,
  best: Split,
): bool {
  const hasMissing = !isEmpty<C>(missing)
  let left = load<C>(cells)
  if (n == 1) return offer<C>(left, total, minLeaf, classes, MISSING - 1, 1, best)
  const slot = drawSlot(slots, n, centres, random)
  for (let i: u32 = 1; load<u32>(slots + (<usize>i << 2)) <= slot; i++) {
    left = addCells<C>(left, load<C>(cells + (<usize>i << cellShift<C>())))
  }
  if (!hasMissing) {
    const isSmaller = samplesOf<C>(left) * 2 < samplesOf<C>(total)
    return offer<C>(left, total, minLeaf, classes, slot, u32(isSmaller), best)
  }
  const missingRight = nextWord(random) & 1
  if (!missingRight) left = addCells<C>(left, missing)
  return offer<C>(left, total, minLeaf, classes, slot, missingRight, best)
}

/**
 * One random split of a category over n runs: each level goes to a random side, drawn again until levels of the node are on
 * both. Missing values as in `randomNumberSplit`. `set` is scratch of 32 bytes.
 */
export function randomCategorySplit<C>(
  slots: usize,
  cells: usize,
  n: u32,
  missing: C,
  total: C,
  minLeaf: u32,
  classes: f64,
  nBins: u32,
  random: Random,
  set: usize,
  best: Split,
): bool {
  const hasMissing = !isEmpty<C>(missing)
  if (n == 1) return offer<C>(load<C>(cells), total, minLeaf, classes, MISSING - 1, 1, best)
  drawSet(slots, n, nBins, random, set)
  let left = noCell<C>()
  for (let i: u32 = 0; i < n; i++) {
    const bin = load<u32>(slots + (<usize>i << 2))
    if ((load<u8>(set + <usize>(bin >> 3)) >> <u8>(bin & 7)) & 1) continue
    left = addCells<C>(left, load<C>(cells + (<usize>i << cellShift<C>())))
  }
  let missingRight = u32(samplesOf<C>(left) * 2 < samplesOf<C>(total))
  if (hasMissing) {
    missingRight = nextWord(random) & 1
    if (!missingRight) left = addCells<C>(left, missing)
  }
  if (!offer<C>(left, total, minLeaf, classes, RANDOM_SET, missingRight, best)) return false
  memory.copy(setOf(best), set, 32)
  return true
}

/** Takes the split with this left side if it is better. */
function offer<C>(left: C, total: C, minLeaf: u32, classes: f64, slot: u32, missingRight: u32, best: Split): bool {
  const samplesL = samplesOf<C>(left)
  if (samplesL < minLeaf || samplesOf<C>(total) - samplesL < minLeaf) return false
  const score = splitScore<C>(left, weightOf<C>(total), sumOf<C>(total), f64x2.splat(classes))
  if (score <= best.score) return false
  take<C>(best, score, slot, missingRight != 0, left)
  return true
}
