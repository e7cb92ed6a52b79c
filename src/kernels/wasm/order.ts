// The order of a category's levels within one tree: by the rate of the positive class among rows the tree does not see.
import { MISSING } from './bin'

/** Weight, in rows, of the overall rate in a level's smoothed rate. */
const PRIOR_ROWS: f64 = 10

/**
 * Ranks the bins of a category column by their smoothed positive rate (positives + 10 x prior) / (rows + 10), ascending,
 * ties by bin. `rows` are the n out-of-bag rows: an order made from the rows a tree learns from would leak their labels
 * through columns with many rare levels. Splitting by such an order is as good as searching all subsets of levels
 * (Wright & Koenig 2019, PeerJ 7:e6339). `rank` gets 256 bytes; `scratch` needs 256 x u64 and 256 x u32.
 */
export function rankByRate(
  column: usize,
  nBins: u32,
  labels: usize,
  rows: usize,
  n: u32,
  rank: usize,
  scratch: usize,
): void {
  memory.fill(scratch, 0, 256 << 3)
  let positives: u64 = 0
  for (let i: u32 = 0; i < n; i++) {
    const row = <usize>load<u32>(rows + ((<usize>i) << 2))
    const label = <u64>load<u8>(labels + row)
    const at = scratch + ((<usize>load<u8>(column + row)) << 3)
    store<u64>(at, load<u64>(at) + 1 + (label << 32))
    positives += label
  }
  const prior = n > 0 ? <f64>positives / <f64>n : 0
  const order = scratch + (256 << 3)
  for (let bin: u32 = 0; bin < nBins; bin++) {
    const counts = load<u64>(scratch + ((<usize>bin) << 3))
    const rate = (<f64>(counts >> 32) + PRIOR_ROWS * prior) / (<f64>(<u32>counts) + PRIOR_ROWS)
    store<f64>(scratch + ((<usize>bin) << 3), rate)
    let place = bin
    while (place > 0 && load<f64>(scratch + ((<usize>load<u32>(order + ((<usize>(place - 1)) << 2))) << 3)) > rate) {
      store<u32>(order + ((<usize>place) << 2), load<u32>(order + ((<usize>(place - 1)) << 2)))
      place--
    }
    store<u32>(order + ((<usize>place) << 2), bin)
  }
  for (let place: u32 = 0; place < nBins; place++) {
    store<u8>(rank + <usize>load<u32>(order + ((<usize>place) << 2)), <u8>place)
  }
  store<u8>(rank + <usize>MISSING, <u8>MISSING)
}
