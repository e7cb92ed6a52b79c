// Histograms of cells over the bins of all features, four features at a time.
import { BoostJob } from './job'

/** Rows whose cells are gathered at a time; their 8 KiB stay in the nearest cache while every group reads them. */
const GATHER_ROWS: u32 = 1024

/** Bytes of scratch for `addRows`. */
export const GATHER_BYTES: usize = GATHER_ROWS << 3

@inline
function add(at: usize, cell: i64): void {
  store<i64>(at, load<i64>(at) + cell)
}

/** Adds the cells of the given rows to the histogram; of the rows `first`, `first` + 1 ... where `rows` is 0. */
export function addRows(job: BoostJob, rows: usize, first: u32, n: u32, gathered: usize, histogram: usize): void {
  for (let done: u32 = 0; done < n; done += GATHER_ROWS) {
    const size = min(GATHER_ROWS, n - done)
    let cells = <usize>job.cells + (<usize>(first + done) << 3)
    const chunk = rows + (<usize>done << 2)
    if (rows) {
      for (let i: u32 = 0; i < size; i++) {
        const row = <usize>load<u32>(chunk + (<usize>i << 2))
        store<i64>(gathered + (<usize>i << 3), load<i64>(<usize>job.cells + (row << 3)))
      }
      cells = gathered
    }
    for (let f: u32 = 0; f < job.nFeatures; f += 4) {
      if (!load<u32>(<usize>job.drawn + <usize>f)) continue
      const words = <usize>job.words + (<usize>(f >> 2) * <usize>job.nRows << 2)
      const offsets = <usize>job.offsets + (<usize>f << 2)
      const left = job.nFeatures - f
      const a = histogram + <usize>load<u32>(offsets)
      const b = left > 1 ? histogram + <usize>load<u32>(offsets, 4) : 0
      const c = left > 2 ? histogram + <usize>load<u32>(offsets, 8) : 0
      const d = left > 3 ? histogram + <usize>load<u32>(offsets, 12) : 0
      if (rows) {
        if (left > 3) addGathered(words, chunk, size, cells, a, b, c, d)
        else addGatheredTail(words, chunk, size, cells, a, b, c)
      } else {
        if (left > 3) addSequence(words + (<usize>(first + done) << 2), size, cells, a, b, c, d)
        else addSequenceTail(words + (<usize>(first + done) << 2), size, cells, a, b, c)
      }
    }
  }
}

function addSequence(words: usize, n: u32, cells: usize, a: usize, b: usize, c: usize, d: usize): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, words += 4) {
    const word = load<u32>(words)
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    add(b + (<usize>((word >> 8) & 255) << 3), cell)
    add(c + (<usize>((word >> 16) & 255) << 3), cell)
    add(d + (<usize>(word >> 24) << 3), cell)
  }
}

function addGathered(
  words: usize,
  rows: usize,
  n: u32,
  cells: usize,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, rows += 4) {
    const word = load<u32>(words + (<usize>load<u32>(rows) << 2))
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    add(b + (<usize>((word >> 8) & 255) << 3), cell)
    add(c + (<usize>((word >> 16) & 255) << 3), cell)
    add(d + (<usize>(word >> 24) << 3), cell)
  }
}

/** The last group, where it has less than four features: b and c are 0 where there is none. */
function addSequenceTail(words: usize, n: u32, cells: usize, a: usize, b: usize, c: usize): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, words += 4) {
    const word = load<u32>(words)
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    if (b) add(b + (<usize>((word >> 8) & 255) << 3), cell)
    if (c) add(c + (<usize>((word >> 16) & 255) << 3), cell)
  }
}

function addGatheredTail(words: usize, rows: usize, n: u32, cells: usize, a: usize, b: usize, c: usize): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, rows += 4) {
    const word = load<u32>(words + (<usize>load<u32>(rows) << 2))
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    if (b) add(b + (<usize>((word >> 8) & 255) << 3), cell)
    if (c) add(c + (<usize>((word >> 16) & 255) << 3), cell)
  }
}

/** target = sum over the threads' partial histograms, for one feature's cells. */
export function mergePartials(job: BoostJob, target: usize, offset: usize, bytes: usize): void {
  const step = <usize>job.histogramBytes
  const end = <usize>job.partials + step * <usize>job.nThreads
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = i64x2.splat(0)
    for (let from = <usize>job.partials + offset + at; from < end; from += step) sum = i64x2.add(sum, v128.load(from))
    v128.store(target + offset + at, sum)
  }
}

/** parent -= child, for one feature's cells. */
@inline
export function subtract(parent: usize, child: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)))
  }
}
