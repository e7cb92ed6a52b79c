// The bins of a histogram that are in use, in the order in which a split may part them.
import { MISSING } from './bin'
import { cellShift, isEmpty, noCell } from './cell'

@inline
function take<C>(histogram: usize, bin: usize): C {
  const at = histogram + (bin << cellShift<C>())
  const cell = load<C>(at)
  store<C>(at, noCell<C>())
  return cell
}

/** Takes the cell of missing values out of the histogram. */
@inline
export function takeMissing<C>(histogram: usize): C {
  return take<C>(histogram, <usize>MISSING)
}

/**
 * Empties a histogram into runs: the places in use, ascending, as u32 to `slots` and their cells to `cells`. The missing
 * values' cell must have been taken before. Every bin below nBins is looked at. Returns how many runs there are.
 */
export function collectRuns<C>(histogram: usize, order: usize, nBins: u32, slots: usize, cells: usize): u32 {
  let n: usize = 0
  for (let place: u32 = 0; place < nBins; place++) {
    const cell = take<C>(histogram, <usize>load<u8>(order + <usize>place))
    // Written in vain where the bin is empty: a branch would often be guessed wrong.
    store<u32>(slots + (n << 2), place)
    store<C>(cells + (n << cellShift<C>()), cell)
    n += usize(!isEmpty<C>(cell))
  }
  return <u32>n
}

/**
 * As `collectRuns`, for the `nListed` bins that are listed and perhaps MISSING, without a look at the others.
 * `ranks` gives each bin its place, `order` each place its bin.
 */
export function collectListedRuns<C>(
  histogram: usize,
  ranks: usize,
  order: usize,
  list: usize,
  nListed: u32,
  slots: usize,
  cells: usize,
): u32 {
  let w0: u64 = 0
  let w1: u64 = 0
  let w2: u64 = 0
  let w3: u64 = 0
  for (let i: u32 = 0; i < nListed; i++) {
    const bin = <usize>load<u8>(list + <usize>i)
    const place = <u64>load<u8>(ranks + bin)
    const bit = (<u64>1) << (place & 63)
    const word = place >> 6
    w0 |= word == 0 ? bit : 0
    w1 |= word == 1 ? bit : 0
    w2 |= word == 2 ? bit : 0
    w3 |= word == 3 ? bit : 0
  }
  w3 &= 0x7fffffffffffffff
  let n: u32 = 0
  for (let word: u32 = 0; word < 4; word++) {
    let bits = word == 0 ? w0 : word == 1 ? w1 : word == 2 ? w2 : w3
    while (bits != 0) {
      const place = (word << 6) + <u32>ctz(bits)
      bits &= bits - 1
      store<u32>(slots + (<usize>n << 2), place)
      store<C>(
        cells + (<usize>n << cellShift<C>()),
        take<C>(histogram, <usize>load<u8>(order + <usize>place)),
      )
      n++
    }
  }
  return n
}
