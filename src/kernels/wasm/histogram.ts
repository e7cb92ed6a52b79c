// Class histograms of one node over one feature. Slots are the ranks of bins (for a number the bin itself), 256 of them.
import { MISSING } from './bin'

/** Below this many rows the used slots are remembered in a bitmap, so that a small node never walks all 256. */
const SPARSE_ROWS: u32 = 512

/** Copies the cells of `rows[begin..end)` side by side to `ordered`: once a node, read once a feature. Returns their sum. */
export function gatherCells(cells: usize, rows: usize, begin: u32, end: u32, ordered: usize): u64 {
  let sum: u64 = 0
  const last = rows + ((<usize>end) << 2)
  for (let row = rows + ((<usize>begin) << 2); row < last; row += 4, ordered += 8) {
    const cell = load<u64>(cells + ((<usize>load<u32>(row)) << 3))
    store<u64>(ordered, cell)
    sum += cell
  }
  return sum
}

/**
 * Adds the cells of `rows[begin..end)` to the histogram at slot rank[column[row]].
 * `histogram` (256 x u64) must be zero; `seen` (4 x u64) marks the used slots of a small node.
 */
export function accumulate(
  column: usize,
  rank: usize,
  rows: usize,
  begin: u32,
  end: u32,
  ordered: usize,
  histogram: usize,
  seen: usize,
): void {
  const sparse = end - begin < SPARSE_ROWS
  const last = rows + ((<usize>end) << 2)
  if (sparse) {
    for (let row = rows + ((<usize>begin) << 2); row < last; row += 4, ordered += 8) {
      const slot = <usize>load<u8>(rank + <usize>load<u8>(column + <usize>load<u32>(row)))
      const word = seen + ((slot >> 6) << 3)
      store<u64>(word, load<u64>(word) | ((<u64>1) << (slot & 63)))
      const at = histogram + (slot << 3)
      store<u64>(at, load<u64>(at) + load<u64>(ordered))
    }
    return
  }
  for (let row = rows + ((<usize>begin) << 2); row < last; row += 4, ordered += 8) {
    const slot = <usize>load<u8>(rank + <usize>load<u8>(column + <usize>load<u32>(row)))
    const at = histogram + (slot << 3)
    store<u64>(at, load<u64>(at) + load<u64>(ordered))
  }
  memory.fill(seen, 255, 32)
}

/**
 * Empties the histogram into runs: the slots in use, ascending, as u32 to `slots` and their cells as u64 to `cells`.
 * The slot of missing values is left out; its cell comes back at `missing`. Returns how many runs there are.
 */
export function collectRuns(histogram: usize, seen: usize, slots: usize, cells: usize, missing: usize): u32 {
  const missingAt = histogram + ((<usize>MISSING) << 3)
  store<u64>(missing, load<u64>(missingAt))
  store<u64>(missingAt, 0)
  let n: u32 = 0
  for (let word: u32 = 0; word < 4; word++) {
    let bits = load<u64>(seen + ((<usize>word) << 3))
    store<u64>(seen + ((<usize>word) << 3), 0)
    while (bits != 0) {
      const slot = (word << 6) + <u32>ctz(bits)
      bits &= bits - 1
      const at = histogram + ((<usize>slot) << 3)
      const cell = load<u64>(at)
      if (cell == 0) continue
      store<u64>(at, 0)
      store<u32>(slots + ((<usize>n) << 2), slot)
      store<u64>(cells + ((<usize>n) << 3), cell)
      n++
    }
  }
  return n
}
