import { MISSING_BIN } from '../../kernels/index.ts'

/** Sums over rows: gradient and hessian in quanta, and how many rows. */
export type Cell = { g: number; h: number; n: number }

/** The histogram of one feature, by bin. */
type Histogram = ReadonlyMap<number, Cell>

export type Search = {
  sum: Cell
  l1: number
  l2: number
  rowsPerHessian: number
  bar: number
  minSide: number
  smoothing: number
  categoryL2: number
  /** Values of both sides, in quanta, lie between these. */
  least: number
  most: number
}

type Bounds = Pick<Search, 'l1' | 'least' | 'most'>

/** bin is the last one on the left, for a number; smoothed says that categoryL2 was added. */
export type SlowSplit = { gain: number; bin: number; smoothed: boolean; isRight: (bin: number) => boolean }

const NOTHING: Cell = { g: 0, h: 0, n: 0 }
const plus = (a: Cell, b: Cell): Cell => ({ g: a.g + b.g, h: a.h + b.h, n: a.n + b.n })

export function soft(x: number, l1: number): number {
  return Math.sign(x) * Math.max(Math.abs(x) - l1, 0)
}

function sideScore(g: number, h: number, l1: number, l2: number): number {
  return h + l2 > 0 ? (soft(g, l1) * soft(g, l1)) / (h + l2) : 0
}

/** The best value within the bounds. */
export function valueWithin(g: number, denominator: number, { l1, least, most }: Bounds): number {
  const free = denominator > 0 ? -soft(g, l1) / denominator : 0
  return Math.min(Math.max(free, least), most)
}

/** What a side contributes: by the closed form where there are no bounds, else by its value. */
export function contribution(g: number, h: number, l2: number, search: Bounds): number {
  const { l1, least, most } = search
  if (least === -Infinity && most === Infinity) return sideScore(g, h, l1, l2)
  return -lossOf(valueWithin(g, h + l2, search), g, h + l2, l1)
}

function lossOf(value: number, g: number, denominator: number, l1: number): number {
  return 2 * (g * value + l1 * Math.abs(value)) + denominator * value * value
}

/** Rows whose weight comes to no quantum at all are as good as absent. */
function presentCell(cell: Cell | undefined): Cell | undefined {
  return cell && (cell.g !== 0 || cell.h !== 0) ? cell : undefined
}

/** Every boundary, with missing values on the right and, if there are any, on the left. */
export function slowNumberSplit(
  histogram: Histogram,
  nBins: number,
  search: Search,
  direction: number,
): SlowSplit | undefined {
  const { sum, l1, l2, bar, minSide } = search
  const isFree = direction === 0 && search.least === -Infinity && search.most === Infinity
  const missing = presentCell(histogram.get(MISSING_BIN))
  let best = bar
  let found: SlowSplit | undefined
  for (const missingLeft of missing ? [false, true] : [false]) {
    let left = missingLeft ? missing! : NOTHING
    for (let bin = 0; bin < (missing && !missingLeft ? nBins : nBins - 1); bin++) {
      left = plus(left, histogram.get(bin) ?? NOTHING)
      const [a, b] = [left.h + l2, sum.h - left.h + l2]
      if (left.h < minSide || left.h > sum.h - minSide) continue
      if (isFree) {
        const [gl, gr] = [soft(left.g, l1), soft(sum.g - left.g, l1)]
        const numerator = gl * gl * b + gr * gr * a
        if (!(numerator > best * (a * b))) continue
        best = numerator / (a * b)
      } else {
        const [low, high] = [valueWithin(left.g, a, search), valueWithin(sum.g - left.g, b, search)]
        const score = -lossOf(low, left.g, a, l1) + -lossOf(high, sum.g - left.g, b, l1)
        if (direction * (high - low) < 0 || score <= best) continue
        best = score
      }
      const missingRight = missing ? !missingLeft : sum.h - left.h > left.h
      found = {
        gain: best - bar,
        bin,
        smoothed: false,
        isRight: (other) => (other === MISSING_BIN ? missingRight : other > bin),
      }
    }
  }
  return found
}

/** Up to four bins: one against the rest. More: prefixes of the levels ordered by G / (H + smoothing), from both ends. */
export function slowCategorySplit(histogram: Histogram, nBins: number, search: Search): SlowSplit | undefined {
  const { sum, rowsPerHessian, bar, minSide, smoothing } = search
  const few = nBins <= 4
  const l2 = search.l2 + (few ? 0 : search.categoryL2)
  // A missing value is the level behind all others.
  const levels = [...histogram.keys()].toSorted((a, b) => a - b)
  let best = bar
  let found: SlowSplit | undefined
  const tryLeft = (set: readonly number[], left: Cell): void => {
    const score = contribution(left.g, left.h, l2, search) + contribution(sum.g - left.g, sum.h - left.h, l2, search)
    if (score <= best) return
    best = score
    found = { gain: best - bar, bin: 0, smoothed: !few, isRight: (bin) => !set.includes(bin) }
  }
  if (few) {
    for (const level of levels) {
      const left = histogram.get(level)!
      if (left.h >= minSide && sum.h - left.h >= minSide) tryLeft([level], left)
    }
    return found
  }
  const key = (level: number): number => histogram.get(level)!.g / (histogram.get(level)!.h + smoothing)
  const ordered = levels
    .filter((level) => histogram.get(level)!.h * rowsPerHessian >= 10)
    .toSorted((a, b) => key(a) - key(b))
  for (const direction of [ordered, ordered.toReversed()]) {
    let left = NOTHING
    let groupStart = 0
    for (let i = 0; i < Math.min(32, Math.floor((ordered.length + 1) / 2)); i++) {
      left = plus(left, histogram.get(direction[i])!)
      if (left.h < minSide) continue
      if (sum.h - left.h < minSide || (sum.h - left.h) * rowsPerHessian < 100) break
      if ((left.h - groupStart) * rowsPerHessian < 100) continue
      groupStart = left.h
      tryLeft(direction.slice(0, i + 1), left)
    }
  }
  return found
}
