// Histograms of one node: the cells of its rows added up by bin, several features in one pass over the rows.
import { addCells, cellOfWord, cellShift, noCell, rowOf } from './cell'

/** Features that are added up in one pass, at most. Each has a histogram and a list of its own. */
export const GROUP: u32 = 4
/** Bytes between the histograms of a group: 256 cells, wide ones if need be. */
export const HISTOGRAM_BYTES: usize = 256 << 4
/** Bytes between the lists of a group: the bins in use, one byte each, and one that is written in vain. */
export const LIST_BYTES: usize = 264

/** Copies the cells of `rows[begin..end)` side by side to `ordered`: once a node, read once a group. Wide cells alone. */
export function gatherCells(cells: usize, rows: usize, begin: u32, end: u32, ordered: usize): void {
  const last = rows + (<usize>end << 2)
  for (let row = rows + (<usize>begin << 2); row < last; row += 4, ordered += 16) {
    v128.store(ordered, v128.load(cells + (<usize>load<u32>(row) << 4)))
  }
}

@inline
function cellAt<C>(word: u32, ordered: usize): C {
  if (isVector<C>()) return v128.load(ordered)
  return <C>cellOfWord(word)
}

@inline
function add<C>(column: usize, row: usize, cell: C, histogram: usize): void {
  const at = histogram + (<usize>load<u8>(column + row) << cellShift<C>())
  store<C>(at, addCells<C>(load<C>(at), cell))
}

/** As `add`; writes the bin to the end of the list, and returns 1 if it was not in it. */
@inline
function addListed<C>(column: usize, row: usize, cell: C, histogram: usize, end: usize): usize {
  const bin = load<u8>(column + row)
  const at = histogram + (<usize>bin << cellShift<C>())
  // The lowest bits hold the number of rows, which is 0 as long as the bin is not in use.
  const isNew = usize(load<u64>(at) == 0)
  store<C>(at, addCells<C>(load<C>(at), cell))
  store<u8>(end, bin)
  return isNew
}

/**
 * Adds the rows of `rows[begin..end)` to the histograms of `n` columns (1 to GROUP, addresses as u32 at `columns`). The
 * histograms must be zero. Several features in one pass share the loads of row and cell, and their additions do not wait
 * for one another, as those to one histogram of few bins do.
 */
export function accumulate<C>(
  columns: usize,
  n: u32,
  rows: usize,
  begin: u32,
  end: u32,
  ordered: usize,
  histograms: usize,
): void {
  const a = <usize>load<u32>(columns)
  const b = <usize>load<u32>(columns, 4)
  const c = <usize>load<u32>(columns, 8)
  const d = <usize>load<u32>(columns, 12)
  let at = rows + (<usize>begin << 2)
  const last = rows + (<usize>end << 2)
  if (n == 4) {
    for (; at < last; at += 4, ordered += sizeof<C>()) {
      const word = load<u32>(at)
      const row = rowOf<C>(word)
      const cell = cellAt<C>(word, ordered)
      add<C>(a, row, cell, histograms)
      add<C>(b, row, cell, histograms + HISTOGRAM_BYTES)
      add<C>(c, row, cell, histograms + 2 * HISTOGRAM_BYTES)
      add<C>(d, row, cell, histograms + 3 * HISTOGRAM_BYTES)
    }
  } else if (n == 3) {
    for (; at < last; at += 4, ordered += sizeof<C>()) {
      const word = load<u32>(at)
      const row = rowOf<C>(word)
      const cell = cellAt<C>(word, ordered)
      add<C>(a, row, cell, histograms)
      add<C>(b, row, cell, histograms + HISTOGRAM_BYTES)
      add<C>(c, row, cell, histograms + 2 * HISTOGRAM_BYTES)
    }
  } else if (n == 2) {
    for (; at < last; at += 4, ordered += sizeof<C>()) {
      const word = load<u32>(at)
      const row = rowOf<C>(word)
      const cell = cellAt<C>(word, ordered)
      add<C>(a, row, cell, histograms)
      add<C>(b, row, cell, histograms + HISTOGRAM_BYTES)
    }
  } else {
    for (; at < last; at += 4, ordered += sizeof<C>()) {
      const word = load<u32>(at)
      add<C>(a, rowOf<C>(word), cellAt<C>(word, ordered), histograms)
    }
  }
}

/** As `accumulate`, and lists the bins in use: `counts` gets their number for each column (u32). For nodes of few rows. */
export function accumulateListed<C>(
  columns: usize,
  n: u32,
  rows: usize,
  begin: u32,
  end: u32,
  ordered: usize,
  histograms: usize,
  lists: usize,
  counts: usize,
): void {
  const last = rows + (<usize>end << 2)
  for (let f: u32 = 0; f < n; f += 2) {
    const a = <usize>load<u32>(columns + (<usize>f << 2))
    const listA = lists + <usize>f * LIST_BYTES
    let endA = listA
    let cells = ordered
    let at = rows + (<usize>begin << 2)
    if (f + 1 < n) {
      const b = <usize>load<u32>(columns + (<usize>f << 2), 4)
      const listB = listA + LIST_BYTES
      let endB = listB
      for (; at < last; at += 4, cells += sizeof<C>()) {
        const word = load<u32>(at)
        const row = rowOf<C>(word)
        const cell = cellAt<C>(word, cells)
        endA += addListed<C>(a, row, cell, histograms, endA)
        endB += addListed<C>(b, row, cell, histograms + HISTOGRAM_BYTES, endB)
      }
      store<u32>(counts + (<usize>f << 2), <u32>(endB - listB), 4)
    } else {
      for (; at < last; at += 4, cells += sizeof<C>()) {
        const word = load<u32>(at)
        endA += addListed<C>(a, rowOf<C>(word), cellAt<C>(word, cells), histograms, endA)
      }
    }
    store<u32>(counts + (<usize>f << 2), <u32>(endA - listA))
    histograms += 2 * HISTOGRAM_BYTES
  }
}

/** The sum of the cells of `rows[begin..end)`. */
export function sumCells<C>(cells: usize, rows: usize, begin: u32, end: u32): C {
  let sum = noCell<C>()
  for (let i = begin; i < end; i++) {
    const word = load<u32>(rows + (<usize>i << 2))
    sum = addCells<C>(sum, cellAt<C>(word, cells + (<usize>word << 4)))
  }
  return sum
}
