// A split of one feature drawn at random (Geurts, Ernst & Wehenkel 2006, "Extremely randomized trees"); of a category, one of its
// levels against the rest.
import { MISSING } from './bin'
import { addCells, cellShift, isEmpty, samplesOf, subtractCells, sumOf, weightOf } from './cell'
import { nextWord, Random } from './philox'
import { LEVEL_SET, setOf, Split, splitScore, take } from './split'

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
 * Each level of a category of n runs against the rest, as if it were a column by itself: one that holds 0 or 1 has one threshold
 * only, so that drawing it at random comes to trying it. A level that the node does not hold goes with the rest, missing values to
 * a random side. The best is taken if it is better than `best`, and both sides keep `minLeaf` samples.
 */
export function levelSplit<C>(
  slots: usize,
  cells: usize,
  n: u32,
  missing: C,
  total: C,
  minLeaf: u32,
  classes: f64,
  random: Random,
  best: Split,
): bool {
  if (n == 1) return offer<C>(load<C>(cells), total, minLeaf, classes, MISSING - 1, 1, best)
  const hasMissing = !isEmpty<C>(missing)
  const drawnRight = hasMissing ? nextWord(random) & 1 : 0
  const others = hasMissing && drawnRight ? subtractCells<C>(total, missing) : total
  let isBetter = false
  for (let i: u32 = 0; i < n; i++) {
    const left = subtractCells<C>(others, load<C>(cells + (<usize>i << cellShift<C>())))
    const missingRight = hasMissing ? drawnRight : u32(samplesOf<C>(left) * 2 < samplesOf<C>(total))
    if (!offer<C>(left, total, minLeaf, classes, LEVEL_SET, missingRight, best)) continue
    sendLevelRight(best, load<u32>(slots + (<usize>i << 2)))
    isBetter = true
  }
  return isBetter
}

/** Makes the split's set that of one level. */
export function sendLevelRight(split: Split, bin: u32): void {
  const set = setOf(split)
  memory.fill(set, 0, 32)
  store<u8>(set + <usize>(bin >> 3), <u8>(<u32>1 << (bin & 7)))
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
