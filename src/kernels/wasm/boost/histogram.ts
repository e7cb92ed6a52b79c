// Histograms of cells over the bytes of all bundles, four bundles at a time.
import { bundleAt, columnOf } from './bundle'
import { BoostJob } from './job'

/** Rows that are gathered at a time; their 12 KiB stay in the nearest cache while every group of bundles reads them. */
const GATHER_ROWS: u32 = 1024

/** Rows on their way to a histogram: their cells, behind them their numbers, and how many there are. */
const GATHERED_ROWS: usize = <usize>GATHER_ROWS << 3
const N_GATHERED: usize = GATHERED_ROWS + (<usize>GATHER_ROWS << 2)

/** Bytes of scratch for `addRows`; zero at first. */
export const GATHER_BYTES: usize = N_GATHERED + 64

@inline
function add(at: usize, cell: i64): void {
  store<i64>(at, load<i64>(at) + cell)
}

/**
 * Adds the cells of the listed rows to the histogram; the last of them only with `addGathered`, so that many short lists take no
 * longer than a long one.
 */
export function addRows(job: BoostJob, rows: usize, n: u32, gathered: usize, histogram: usize): void {
  let from = rows
  const last = rows + (<usize>n << 2)
  while (from < last) {
    let held = load<u32>(gathered, N_GATHERED)
    const size = min(GATHER_ROWS - held, <u32>((last - from) >> 2))
    let cells = gathered + (<usize>held << 3)
    let numbers = gathered + GATHERED_ROWS + (<usize>held << 2)
    for (const end = from + (<usize>size << 2); from < end; from += 4, cells += 8, numbers += 4) {
      const row = load<u32>(from)
      store<u32>(numbers, row)
      store<i64>(cells, load<i64>(<usize>job.cells + (<usize>row << 3)))
    }
    held += size
    store<u32>(gathered, held, N_GATHERED)
    if (held == GATHER_ROWS) addGathered(job, gathered, histogram)
  }
}

/** Adds what rows have been gathered. */
export function addGathered(job: BoostJob, gathered: usize, histogram: usize): void {
  const n = load<u32>(gathered, N_GATHERED)
  store<u32>(gathered, 0, N_GATHERED)
  if (n > 0) addGroups(job, gathered + GATHERED_ROWS, 0, n, gathered, histogram)
}

/** Adds the cells of the rows `first`, `first` + 1 ... to the histogram. */
export function addSequence(job: BoostJob, first: u32, n: u32, histogram: usize): void {
  addGroups(job, 0, first, n, <usize>job.cells + (<usize>first << 3), histogram)
}

/** Adds cells that lie side by side, group by group: those of the rows listed, or where that is 0 of `first`, `first` + 1 ... */
function addGroups(job: BoostJob, rows: usize, first: u32, n: u32, cells: usize, histogram: usize): void {
  for (let index: u32 = 0; index < job.nBundles; index += 4) {
    if (!load<u32>(<usize>job.drawnBundles + <usize>index)) continue
    const words = columnOf(job, index)
    const left = job.nBundles - index
    const a = histogram + <usize>bundleAt(job, index).offset
    const b = left > 1 ? histogram + <usize>bundleAt(job, index + 1).offset : 0
    const c = left > 2 ? histogram + <usize>bundleAt(job, index + 2).offset : 0
    const d = left > 3 ? histogram + <usize>bundleAt(job, index + 3).offset : 0
    if (rows) {
      if (left > 3) addListedWords(words, rows, n, cells, a, b, c, d)
      else addListedTail(words, rows, n, cells, a, b, c)
    } else {
      if (left > 3) addWords(words + (<usize>first << 2), n, cells, a, b, c, d)
      else addTail(words + (<usize>first << 2), n, cells, a, b, c)
    }
  }
}

function addWords(words: usize, n: u32, cells: usize, a: usize, b: usize, c: usize, d: usize): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, words += 4) {
    const word = load<u32>(words)
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    add(b + (<usize>((word >> 8) & 255) << 3), cell)
    add(c + (<usize>((word >> 16) & 255) << 3), cell)
    add(d + (<usize>(word >> 24) << 3), cell)
  }
}

function addListedWords(
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

/** The last group, where it has less than four bundles: b and c are 0 where there is none. */
function addTail(words: usize, n: u32, cells: usize, a: usize, b: usize, c: usize): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, words += 4) {
    const word = load<u32>(words)
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    if (b) add(b + (<usize>((word >> 8) & 255) << 3), cell)
    if (c) add(c + (<usize>((word >> 16) & 255) << 3), cell)
  }
}

function addListedTail(words: usize, rows: usize, n: u32, cells: usize, a: usize, b: usize, c: usize): void {
  for (const last = cells + (<usize>n << 3); cells < last; cells += 8, rows += 4) {
    const word = load<u32>(words + (<usize>load<u32>(rows) << 2))
    const cell = load<i64>(cells)
    add(a + (<usize>(word & 255) << 3), cell)
    if (b) add(b + (<usize>((word >> 8) & 255) << 3), cell)
    if (c) add(c + (<usize>((word >> 16) & 255) << 3), cell)
  }
}

/** target = sum over the threads' partial histograms, for one bundle's cells. */
export function mergePartials(job: BoostJob, target: usize, offset: usize, bytes: usize): void {
  const step = <usize>job.histogramBytes
  const end = <usize>job.partials + step * <usize>job.nThreads
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = i64x2.splat(0)
    for (let from = <usize>job.partials + offset + at; from < end; from += step) sum = i64x2.add(sum, v128.load(from))
    v128.store(target + offset + at, sum)
  }
}

/** parent -= child, for one bundle's cells. */
@inline
export function subtract(parent: usize, child: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(parent + at, i64x2.sub(v128.load(parent + at), v128.load(child + at)))
  }
}
