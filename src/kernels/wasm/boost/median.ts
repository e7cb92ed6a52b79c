// Leaves of the absolute loss: its derivatives say where a leaf should go, but not how far, so each says the median instead.
import { NODE_BYTES, Node } from '../node'
import { BLOCK_ROWS, BoostJob, BoostRates, endOfBlock, firstBlock, placeOfPart, scoresOf } from './job'
import { countRows, leafOf, spanOf } from './leaf'
import { mix } from './sample'

/**
 * Gives every nThreads-th leaf of the tree, from the thread's own on, the weighted median of what its rows still lack, times the
 * learning rate, as its node's value. Cells are overwritten: each leaf has room for its rows there. A leaf's rows are put in the
 * same order whatever the number of threads, and so is what is added up. `cursors` has four bytes for each part.
 */
export function writeMedians(job: BoostJob, thread: u32, nLeaves: u32, cursors: usize): void {
  const rate = changetype<BoostRates>(job.rates).learningRate
  let pairs = <usize>job.cells
  for (let index: u32 = 0; index < nLeaves; index++) {
    const n = countRows(job, index)
    if (index % job.nThreads == thread) {
      gatherPairs(job, index, pairs, cursors)
      const node = leafOf(job, thread, index).node
      const value = <f32>(rate * <f64>medianOf(pairs, n))
      changetype<Node>(<usize>job.nodes + <usize>node * NODE_BYTES).payload = reinterpret<u32>(value)
    }
    pairs += <usize>n << 3
  }
}

/** What each row of the leaf lacks, and its weight, as two f32 side by side, in the order of the rows. */
function gatherPairs(job: BoostJob, index: u32, pairs: usize, cursors: usize): void {
  const scores = scoresOf(job)
  for (let part: u32 = 0; part < job.nParts; part++) {
    store<u32>(cursors + (<usize>part << 2), spanOf(job, index, part).begin)
  }
  let part: u32 = 0
  for (let first = firstBlock(0); first < job.nRows; first += BLOCK_ROWS) {
    const rows = <usize>job.rows + (<usize>placeOfPart(job, part) << 2)
    const end = endOfBlock(job, first)
    const last = spanOf(job, index, part).end
    let at = load<u32>(cursors + (<usize>part << 2))
    for (; at < last; at++) {
      const number = load<u32>(rows + (<usize>at << 2))
      if (number >= end) break
      const row = <usize>number << 2
      store<f32>(pairs, load<f32>(<usize>job.targets + row) - load<f32>(scores + row))
      store<f32>(pairs, job.weights ? load<f32>(<usize>job.weights + row) : 1, 4)
      pairs += 8
    }
    store<u32>(cursors + (<usize>part << 2), at)
    part = part + 1 == job.nParts ? 0 : part + 1
  }
}

@inline
function valueAt(pairs: usize, i: u32): f32 {
  return load<f32>(pairs + (<usize>i << 3))
}

@inline
function weightAt(pairs: usize, i: u32): f64 {
  return <f64>load<f32>(pairs + (<usize>i << 3), 4)
}

@inline
function swap(pairs: usize, i: u32, k: u32): void {
  const a = pairs + (<usize>i << 3)
  const b = pairs + (<usize>k << 3)
  const pair = load<u64>(a)
  store<u64>(a, load<u64>(b))
  store<u64>(b, pair)
}

/**
 * The value with half of the weight on either side, the middle of two such; by quickselect, in expected O(n), with pivots that no
 * order of the data can know. Reorders the pairs.
 */
function medianOf(pairs: usize, n: u32): f32 {
  let half: f64 = 0
  for (let i: u32 = 0; i < n; i++) half += weightAt(pairs, i)
  half /= 2
  let low: u32 = 0
  let high = n
  /** Weight of what lies before `low`. */
  let below: f64 = 0
  let pivot: f32 = 0
  while (low < high) {
    pivot = valueAt(pairs, low + (mix(low ^ high) % (high - low)))
    let less: f64 = 0
    let equal: f64 = 0
    let first = low
    let last = high
    for (let i = low; i < last; ) {
      const value = valueAt(pairs, i)
      if (value > pivot) {
        swap(pairs, i, --last)
        continue
      }
      if (value < pivot) {
        less += weightAt(pairs, i)
        swap(pairs, i, first++)
      } else equal += weightAt(pairs, i)
      i++
    }
    if (below + less > half) high = first
    else if (below + less == half) return middle(largest(pairs, first), pivot)
    else if (below + less + equal > half) return pivot
    else if (below + less + equal == half && last < n) return middle(pivot, smallest(pairs, last, n))
    else {
      below += less + equal
      low = last
    }
  }
  return pivot
}

@inline
function middle(a: f32, b: f32): f32 {
  return <f32>((<f64>a + <f64>b) / 2)
}

/** The largest of the first n values. */
function largest(pairs: usize, n: u32): f32 {
  let most = valueAt(pairs, 0)
  for (let i: u32 = 1; i < n; i++) most = max<f32>(most, valueAt(pairs, i))
  return most
}

/** The smallest of values [begin, end). */
function smallest(pairs: usize, begin: u32, end: u32): f32 {
  let least = valueAt(pairs, begin)
  for (let i = begin + 1; i < end; i++) least = min<f32>(least, valueAt(pairs, i))
  return least
}
