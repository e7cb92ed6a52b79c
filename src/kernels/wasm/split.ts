// The best binary split of one feature by Gini impurity.
import { positiveOf, samplesOf, weightOf } from './cell'

/** A split: slots <= `slot` go left, the others right; missing values go right if `missingRight`. `score` is maximised. */
@unmanaged
export class Split {
  score: f64
  feature: u32
  slot: u32
  missingRight: u32
}

/** The part of the impurity decrease that differs between splits of one node: sum over sides of sum over classes w^2 / w. */
@inline
function giniScore(left: u64, total: u64): f64 {
  const weightL = weightOf(left)
  const positiveL = positiveOf(left)
  const negativeL = weightL - positiveL
  const weightR = weightOf(total) - weightL
  const positiveR = positiveOf(total) - positiveL
  const negativeR = weightR - positiveR
  return (
    (positiveL * positiveL + negativeL * negativeL) / weightL +
    (positiveR * positiveR + negativeR * negativeR) / weightR
  )
}

/**
 * Scans n runs (slots ascending) for a split better than `best.score`; each side keeps at least `minLeaf` samples.
 * The boundary lies half way between the neighbouring slots in use. Missing values are tried on both sides; where the
 * node has none they follow the larger side. Returns true, with `best` overwritten, when a better one was found.
 */
export function bestGiniSplit(
  slots: usize,
  cells: usize,
  n: u32,
  missing: u64,
  total: u64,
  minLeaf: u32,
  best: Split,
): bool {
  const samples = samplesOf(total)
  const before = best.score
  const last = missing != 0 ? n : n - 1
  let left: u64 = 0
  for (let i: u32 = 0; i < last; i++) {
    left += load<u64>(cells + (<usize>i << 3))
    const samplesL = samplesOf(left)
    if (samplesL < minLeaf) continue
    if (samples - samplesL < minLeaf) break
    const score = giniScore(left, total)
    if (score > best.score) take(best, score, boundary(slots, i, n), missing != 0 || samplesL * 2 < samples)
  }
  if (missing == 0) return best.score > before
  left = missing
  for (let i: u32 = 0; i + 1 < n; i++) {
    left += load<u64>(cells + (<usize>i << 3))
    const samplesL = samplesOf(left)
    if (samplesL < minLeaf) continue
    if (samples - samplesL < minLeaf) break
    const score = giniScore(left, total)
    if (score > best.score) take(best, score, boundary(slots, i, n), false)
  }
  return best.score > before
}

@inline
function take(best: Split, score: f64, slot: u32, missingRight: bool): void {
  best.score = score
  best.slot = slot
  best.missingRight = u32(missingRight)
}

/** The last slot of the left side: half way from run i to the next one; every ordinary slot if i is the last run. */
@inline
function boundary(slots: usize, i: u32, n: u32): u32 {
  if (i + 1 == n) return 254
  const at = slots + (<usize>i << 2)
  return (load<u32>(at) + load<u32>(at, 4) - 1) >> 1
}
