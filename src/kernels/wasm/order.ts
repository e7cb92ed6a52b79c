// The order of a category's levels within one tree: by the mean of the target among rows the tree does not see.
import { MISSING } from './bin'
import { cellShift, noCell, sumOf, weightOf } from './cell'

/** Weight, in rows, of the overall mean in a level's smoothed mean. */
const PRIOR_ROWS: f64 = 10

/**
 * Orders the bins of a category by their smoothed mean (sum + 10 x prior) / (rows + 10), ascending, ties by bin, from the
 * histogram of the rows out of bag, which is emptied. An order made from the rows a tree learns from would leak their labels
 * through columns with many rare levels. Splitting by such an order is as good as searching all subsets of levels
 * (Wright & Koenig 2019, PeerJ 7:e6339). `rank` gets the place of each bin, `order` the bin of each place, 256 bytes each.
 * @param row weight of an average row
 * @param prior mean of all rows
 * @param means scratch of 256 x f64
 */
export function orderByMean<C>(
  histogram: usize,
  nBins: u32,
  row: f64,
  prior: f64,
  rank: usize,
  order: usize,
  means: usize,
): void {
  const priorWeight = PRIOR_ROWS * row
  for (let bin: u32 = 0; bin < nBins; bin++) {
    const at = histogram + (<usize>bin << cellShift<C>())
    const cell = load<C>(at)
    store<C>(at, noCell<C>())
    const mean = (sumOf<C>(cell) + priorWeight * prior) / (weightOf<C>(cell) + priorWeight)
    store<f64>(means + (<usize>bin << 3), mean)
    let place = bin
    while (place > 0 && load<f64>(means + (<usize>load<u8>(order + <usize>(place - 1)) << 3)) > mean) {
      store<u8>(order + <usize>place, load<u8>(order + <usize>(place - 1)))
      place--
    }
    store<u8>(order + <usize>place, <u8>bin)
  }
  for (let place: u32 = 0; place < nBins; place++) store<u8>(rank + <usize>load<u8>(order + <usize>place), <u8>place)
  store<C>(histogram + (<usize>MISSING << cellShift<C>()), noCell<C>())
}
