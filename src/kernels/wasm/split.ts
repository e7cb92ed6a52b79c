// The best binary split of one feature: by Gini impurity for two classes, by variance for regression.
import { addCells, cellShift, isEmpty, noCell, samplesOf, sumOf, weightOf } from './cell'

/** In place of a slot: the bins that go right are in the split's set. */
export const LEVEL_SET: u32 = 256

/** A split: slots <= `slot` go left, the others right; missing values go right if `missingRight`. `score` is maximised. */
@unmanaged
export class Split {
  score: f64
  feature: u32
  slot: u32
  missingRight: u32
  spare: u32
  // The cell of the left side follows, 16 bytes, and a set of 256 bits.
}

/** Bytes of a Split with its cell and set. */
export const SPLIT_BYTES: usize = 72

/** A bit for each bin that goes right, where `slot` is LEVEL_SET. */
@inline
export function setOf(split: Split): usize {
  return changetype<usize>(split) + offsetof<Split>() + 16
}

/** The cell of a split's left side. */
@inline
export function leftCell<C>(split: Split): C {
  return load<C>(changetype<usize>(split), offsetof<Split>())
}

/**
 * The part of the impurity decrease that differs between splits of one node. Two classes: the sum over sides of the sum over
 * classes of w^2 / w. Regression (`classes` 0, known for wide cells alone): the sum over sides of s^2 / w.
 */
@inline
export function splitScore<C>(left: C, weight: f64, sum: f64, classes: v128): f64 {
  const weightL = weightOf<C>(left)
  const sumL = sumOf<C>(left)
  const w = f64x2.replace_lane(f64x2.splat(weightL), 1, weight - weightL)
  const s = f64x2.replace_lane(f64x2.splat(sumL), 1, sum - sumL)
  let others = f64x2.sub(w, s)
  if (isVector<C>()) others = f64x2.mul(others, classes)
  const scores = f64x2.div(f64x2.add(f64x2.mul(s, s), f64x2.mul(others, others)), w)
  return f64x2.extract_lane(scores, 0) + f64x2.extract_lane(scores, 1)
}

/**
 * Scans n runs (slots ascending) for a split better than `best.score`; each side keeps at least `minLeaf` samples.
 * The boundary lies half way between the neighbouring slots in use. Missing values are tried on both sides; where the
 * node has none they follow the larger side. Returns true, with `best` overwritten, when a better one was found.
 * @param classes 1 for two classes, 0 for regression
 */
export function bestSplit<C>(
  slots: usize,
  cells: usize,
  n: u32,
  missing: C,
  total: C,
  minLeaf: u32,
  classes: f64,
  best: Split,
): bool {
  const samples = samplesOf<C>(total)
  const weight = weightOf<C>(total)
  const sum = sumOf<C>(total)
  const factor = f64x2.splat(classes)
  const hasMissing = !isEmpty<C>(missing)
  const before = best.score
  const last = hasMissing ? n : n - 1
  let left = noCell<C>()
  for (let i: u32 = 0; i < last; i++) {
    left = addCells<C>(left, load<C>(cells + (<usize>i << cellShift<C>())))
    const samplesL = samplesOf<C>(left)
    if (samplesL < minLeaf) continue
    if (samples - samplesL < minLeaf) break
    const score = splitScore<C>(left, weight, sum, factor)
    if (score > best.score) take<C>(best, score, boundary(slots, i, n), hasMissing || samplesL * 2 < samples, left)
  }
  if (!hasMissing) return best.score > before
  left = missing
  for (let i: u32 = 0; i + 1 < n; i++) {
    left = addCells<C>(left, load<C>(cells + (<usize>i << cellShift<C>())))
    const samplesL = samplesOf<C>(left)
    if (samplesL < minLeaf) continue
    if (samples - samplesL < minLeaf) break
    const score = splitScore<C>(left, weight, sum, factor)
    if (score > best.score) take<C>(best, score, boundary(slots, i, n), false, left)
  }
  return best.score > before
}

@inline
export function take<C>(best: Split, score: f64, slot: u32, missingRight: bool, left: C): void {
  best.score = score
  best.slot = slot
  best.missingRight = u32(missingRight)
  store<C>(changetype<usize>(best), left, offsetof<Split>())
}

/** The last slot of the left side: half way from run i to the next one; every ordinary slot if i is the last run. */
@inline
export function boundary(slots: usize, i: u32, n: u32): u32 {
  if (i + 1 == n) return 254
  const at = slots + (<usize>i << 2)
  return (load<u32>(at) + load<u32>(at, 4) - 1) >> 1
}
