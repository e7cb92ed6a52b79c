// The rows that a tree learns from.
import { cellShift, rowWord, wideCell } from './cell'
import { GrowJob } from './forest-job'
import { Random, nextBelow, nextWord } from './philox'

/**
 * Writes the words of a tree's rows to `rows` and those of the others, as if drawn once, to `spareRows`; returns how many
 * are in the tree. With wide cells the cells of all rows are written too.
 */
export function drawRows<C>(job: GrowJob): u32 {
  if (job.bootstrap) {
    drawTimes(job)
    return listDrawn<C>(job)
  }
  for (let row: u32 = 0; row < job.nRows; row++) store<u32>(<usize>job.rows + (<usize>row << 2), wordOf<C>(job, row, 1))
  if (isVector<C>()) for (let row: u32 = 0; row < job.nRows; row++) storeCell(job, row, ownWeight(job, row))
  return job.nRows
}

/** How often each row was drawn in nRows drawings with replacement, as u32 to `spareRows`. */
function drawTimes(job: GrowJob): void {
  const n = job.nRows
  const times = <usize>job.spareRows
  const aliases = <usize>job.aliases
  const random = changetype<Random>(changetype<usize>(job) + offsetof<GrowJob>('key'))
  memory.fill(times, 0, <usize>n << 2)
  for (let i: u32 = 0; i < n; i++) {
    let row = <usize>nextBelow(random, n)
    if (aliases) {
      const entry = aliases + (row << 3)
      if (nextWord(random) >= load<u32>(entry)) row = <usize>load<u32>(entry, 4)
    }
    const at = times + (row << 2)
    store<u32>(at, load<u32>(at) + 1)
  }
}

/** Parts the rows by whether they were drawn. Both lists are written to in each round, as a branch would be guessed wrong. */
function listDrawn<C>(job: GrowJob): u32 {
  let drawn = <usize>job.rows
  let others = <usize>job.spareRows
  for (let row: u32 = 0; row < job.nRows; row++) {
    // The end of the list of others never passes the row whose times are read.
    const times = load<u32>(<usize>job.spareRows + (<usize>row << 2))
    store<u32>(drawn, wordOf<C>(job, row, times))
    store<u32>(others, wordOf<C>(job, row, 1))
    drawn += times ? 4 : 0
    others += times ? 0 : 4
    if (isVector<C>()) storeCell(job, row, times ? times : ownWeight(job, row))
  }
  return <u32>((drawn - <usize>job.rows) >> 2)
}

@inline
function wordOf<C>(job: GrowJob, row: u32, weight: u32): u32 {
  if (isVector<C>()) return rowWord<C>(row, weight, 0)
  return rowWord<C>(row, weight, <u32>load<u8>(<usize>job.labels + <usize>row))
}

@inline
function ownWeight(job: GrowJob, row: u32): u64 {
  return job.weights ? <u64>load<f64>(<usize>job.weights + (<usize>row << 3)) : 1
}

@inline
function storeCell(job: GrowJob, row: u32, weight: u64): void {
  let value = <i64>load<f64>(<usize>job.values + (<usize>row << 3))
  // Levels are ordered by the mean of values: the share of one class, which the trees take in turn.
  if (job.nClasses) value = i64(value == <i64>(job.stream % job.nClasses))
  v128.store(<usize>job.cells + (<usize>row << cellShift<v128>()), wideCell(weight, value))
}
