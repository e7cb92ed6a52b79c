// Sends the rows of a leaf to its two sides.
import { binIn, bundleAt, placeOf } from './bundle'
import { BoostJob } from './job'
import { Split } from './split'

/** Bytes of a table of sides. */
export const SIDE_BYTES: usize = 256

/** side[byte] = 1 for the bytes of the feature's bundle whose rows go right, else 0. */
export function sidesOfSplit(job: BoostJob, split: Split, side: usize): void {
  const place = placeOf(job, split.feature)
  const feature = <usize>split.feature << 2
  const nBins = load<u32>(<usize>job.nBins + feature)
  const isCategory = load<u32>(<usize>job.isCategory + feature) != 0
  const set = changetype<usize>(split) + offsetof<Split>('set0')
  const nBytes = bundleAt(job, place.bundle).bytes >> 3
  for (let byte: u32 = 0; byte < nBytes; byte++) {
    const bin = binIn(byte, place)
    let isRight: u32
    if (bin == nBins) isRight = split.missingRight
    else if (isCategory) isRight = (load<u32>(set + (<usize>(bin >> 5) << 2)) >> (bin & 31)) & 1
    else isRight = u32(bin > split.bin)
    store<u8>(side + byte, <u8>isRight)
  }
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
