// Sends the rows of a node to its two sides.
import { MISSING } from './bin'
import { rowOf } from './cell'

/** Side of every bin: side[bin] = 1 (right) if rank[bin] > slot, else 0; the missing bin's side is given. 256 bytes. */
export function sidesOf(rank: usize, slot: u32, missingRight: u32, side: usize): void {
  const boundary = i8x16.splat(<i8>slot)
  const one = i8x16.splat(1)
  for (let bin: usize = 0; bin < 256; bin += 16) {
    v128.store(side + bin, v128.and(i8x16.gt_u(v128.load(rank + bin), boundary), one))
  }
  store<u8>(side + <usize>MISSING, <u8>missingRight)
}

/** Side of every bin: its bit in a set of 256; the missing bin's side is given. 256 bytes. */
export function sidesOfSet(set: usize, missingRight: u32, side: usize): void {
  for (let bin: usize = 0; bin < 256; bin++) {
    store<u8>(side + bin, <u8>((load<u8>(set + (bin >> 3)) >> <u8>(bin & 7)) & 1))
  }
  store<u8>(side + <usize>MISSING, <u8>missingRight)
}

/** Stable partition of the words `rows[begin..end)`: those with side 0 first. Returns where the right side begins. Branch-free. */
export function partition<C>(column: usize, side: usize, rows: usize, begin: u32, end: u32, spare: usize): u32 {
  let left = rows + ((<usize>begin) << 2)
  let right = spare
  const last = rows + ((<usize>end) << 2)
  for (let at = left; at < last; at += 4) {
    const word = load<u32>(at)
    const isRight = <usize>load<u8>(side + <usize>load<u8>(column + rowOf<C>(word)))
    store<u32>(left, word)
    store<u32>(right, word)
    left += (1 - isRight) << 2
    right += isRight << 2
  }
  memory.copy(left, spare, right - spare)
  return <u32>((left - rows) >> 2)
}
