// Sends the rows of a leaf to its two sides.
import { BoostJob } from './job'
import { Split } from './split'

/** Bytes of a table of sides. */
export const SIDE_BYTES: usize = 256

/** side[bin] = 1 for the bins that go right, else 0. */
export function sidesOfSplit(job: BoostJob, split: Split, side: usize): void {
  const feature = <usize>split.feature << 2
  const nBins = load<u32>(<usize>job.nBins + feature)
  if (load<u32>(<usize>job.isCategory + feature)) {
    const set = changetype<usize>(split) + offsetof<Split>('set0')
    for (let bin: u32 = 0; bin < nBins; bin++) {
      store<u8>(side + bin, <u8>((load<u32>(set + (<usize>(bin >> 5) << 2)) >> (bin & 31)) & 1))
    }
  } else {
    for (let bin: u32 = 0; bin < nBins; bin++) store<u8>(side + bin, <u8>(bin > split.bin))
  }
  store<u8>(side + <usize>nBins, <u8>split.missingRight)
}

/** Where a feature's first bin lies; those of the next rows follow four bytes apart. */
@inline
export function columnOf(job: BoostJob, feature: u32): usize {
  return <usize>job.words + (((<usize>(feature >> 2) * <usize>job.nRows) << 2) + <usize>(feature & 3))
}

/** Stable partition of `rows[begin..end)`: those with side 0 first. Returns where the right side begins. Branch-free. */
export function partitionWords(column: usize, side: usize, rows: usize, begin: u32, end: u32, spare: usize): u32 {
  let left = rows + (<usize>begin << 2)
  let right = spare
  for (let at = left, last = rows + (<usize>end << 2); at < last; at += 4) {
    const row = load<u32>(at)
    const isRight = <usize>load<u8>(side + <usize>load<u8>(column + (<usize>row << 2)))
    store<u32>(left, row)
    store<u32>(right, row)
    left += (1 - isRight) << 2
    right += isRight << 2
  }
  memory.copy(left, spare, right - spare)
  return <u32>((left - rows) >> 2)
}
