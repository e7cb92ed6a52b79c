import type { CategoryColumn, NumberColumn } from '../../learn/index.ts'

/** Where a curve has its points, and how many of the rows lie there. */
export type Grid<Point> = {
  points: Point[]
  /** Share of all rows at a level, or nearest to a number. */
  share: number[]
  /** Share of all rows without a value. */
  missingShare: number
}

/** Amounts above zero whose largest is so many times their median are seen by their logarithms, in pictures as well. */
const SKEWED = 20

/**
 * Where the column has no more than `nPoints` distinct values, all of them; else its values at equally spaced ranks (quantile
 * definition 1 of Hyndman & Fan), the smallest and the greatest among them. Where values are rare these are far apart, and a curve
 * between them would be drawn from nothing: two that are more than two even steps apart (about a tenth of the range for 20 points)
 * have further points at equal distances between them. Those need not occur; in a column of whole numbers they are whole (so no half
 * days and no 2.5 children). Steps are those of the logarithms where the values are skewed amounts. Infinite values are counted at the
 * ends, which are finite. O(n log n).
 * @returns ascending points, fewer than 1.5 nPoints; none where no value is finite
 */
export function numberGrid({ values, format }: NumberColumn, nPoints: number): Grid<number> {
  const sorted = values.filter((value) => Number.isFinite(value)).sort()
  const points = distinctUpTo(sorted, nPoints) ?? withoutWideGaps(sorted, nPoints, format === 'date')
  const share = Array.from<number>({ length: points.length }).fill(0)
  let nMissing = 0
  for (const value of values) {
    if (Number.isNaN(value)) nMissing++
    else if (points.length > 0) share[nearest(points, value)] += 1 / values.length
  }
  return { points, share, missingShare: values.length === 0 ? 0 : nMissing / values.length }
}

/**
 * The most frequent levels of the column that occur, ties by name. Shares add up to less than 1 where more than `nPoints` occur.
 * O(n + levels log levels).
 */
export function levelGrid({ codes, levels }: CategoryColumn, nPoints: number): Grid<string> {
  const counts = new Map<string, number>()
  let nMissing = 0
  for (const code of codes) {
    if (code < 0) nMissing++
    else counts.set(levels[code], (counts.get(levels[code]) ?? 0) + 1)
  }
  const ordered = [...counts].sort(([a, nA], [b, nB]) => nB - nA || (a < b ? -1 : 1)).slice(0, nPoints)
  return {
    points: ordered.map(([level]) => level),
    share: ordered.map(([, count]) => count / codes.length),
    missingShare: codes.length === 0 ? 0 : nMissing / codes.length,
  }
}

/** The distinct values of ascending data; undefined where there are more than `limit`. */
function distinctUpTo(sorted: Float64Array, limit: number): number[] | undefined {
  const distinct: number[] = []
  for (const value of sorted) {
    if (value === distinct.at(-1)) continue
    if (distinct.length === limit) return undefined
    distinct.push(value)
  }
  return distinct
}

function ranked(sorted: Float64Array, nPoints: number): number[] {
  const last = sorted.length - 1
  const points = Array.from({ length: nPoints }, (_, i) => sorted[Math.round((i * last) / (nPoints - 1))])
  return points.filter((value, i) => value !== points[i - 1])
}

/** Values of ascending data at equally spaced ranks, with further ones where two are too far apart. */
function withoutWideGaps(sorted: Float64Array, nPoints: number, isDate: boolean): number[] {
  const points = ranked(sorted, nPoints)
  const isWhole = sorted.every((value) => Number.isInteger(value))
  const isLog = !isDate && sorted[0] > 0 && sorted[sorted.length - 1] / sorted[sorted.length >> 1] > SKEWED
  const along = (value: number): number => (isLog ? Math.log(value) : value)
  const valueAt = (place: number): number => {
    const value = isLog ? Math.exp(place) : place
    return isWhole ? Math.round(value) : value
  }
  const widest = (2 * (along(points.at(-1)!) - along(points[0]))) / (nPoints - 1)
  return points.flatMap((point, i) => {
    const before = points[Math.max(i - 1, 0)]
    const gap = along(point) - along(before)
    // A gap of just the widest, but for rounding, is none too many.
    const nParts = Math.ceil(gap / widest - 1e-9)
    const between = Array.from({ length: nParts - 1 }, (_, part) =>
      valueAt(along(before) + (gap * (part + 1)) / nParts),
    )
    return [...between.filter((value, j) => value > (between[j - 1] ?? before) && value < point), point]
  })
}

/** Index of the nearest of ascending points, the lower one half way between two. */
function nearest(points: number[], value: number): number {
  let low = 0
  let high = points.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (points[middle] < value) low = middle + 1
    else high = middle
  }
  return low > 0 && value - points[low - 1] <= points[low] - value ? low - 1 : low
}
