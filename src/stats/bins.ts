import type { CategoryColumn, Column } from '../learn/index.ts'

/**
 * Where the values of a column are counted. Counts have two more slots than there are bins: the last but one for missing values, the
 * last for levels the reference did not have (always 0 for numbers).
 */
export type Bins = { kind: 'number'; edges: number[] } | { kind: 'category'; levels: string[] }

/** Reference quantiles (type 7) as inner edges, doubled ones merged; the levels of a category. */
export function referenceBins(column: Column, nBins = 10): Bins {
  if (column.kind === 'category') return { kind: 'category', levels: [...column.levels] }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort()
  const edges = new Set<number>()
  for (let i = 1; i < nBins && sorted.length > 0; i++) edges.add(quantileSorted(sorted, i / nBins))
  return { kind: 'number', edges: [...edges] }
}

/** Sample quantile, linear interpolation between order statistics (type 7). `sorted` ascending without NaN. */
export function quantileSorted(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return NaN
  const h = (sorted.length - 1) * p
  const j = Math.floor(h)
  return h === j ? sorted[j] : sorted[j] + (h - j) * (sorted[j + 1] - sorted[j])
}

export const nSlots = (bins: Bins): number => (bins.kind === 'number' ? bins.edges.length + 1 : bins.levels.length) + 2

/** Slot of one number: how many edges lie below it. */
export function numberSlot(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Adds a column to counts over the bins; counts of parts add up to the counts of the whole. @param counts made when not given */
export function countInto(bins: Bins, column: Column, counts = new Float64Array(nSlots(bins))): Float64Array {
  if (bins.kind === 'number' && column.kind === 'number') {
    for (const value of column.values) counts[numberSlot(bins.edges, value)]++
  } else if (bins.kind === 'category' && column.kind === 'category') {
    const slotOfCode = slotsOfLevels(bins.levels, column)
    for (const code of column.codes) counts[code < 0 ? bins.levels.length : slotOfCode[code]]++
  } else throw new TypeError(`a ${column.kind} column cannot be counted over ${bins.kind} bins`)
  return counts
}

function slotsOfLevels(levels: readonly string[], column: CategoryColumn): Int32Array {
  const slotOf = new Map(levels.map((level, slot) => [level, slot]))
  return Int32Array.from(column.levels, (level) => slotOf.get(level) ?? levels.length + 1)
}

/** What each slot holds, for people. */
export function slotLabels(bins: Bins): string[] {
  if (bins.kind === 'category') return [...bins.levels, 'missing', 'unseen']
  const { edges } = bins
  const shown = edges.map((edge) => String(Number(edge.toPrecision(4))))
  const inner = edges.slice(1).map((_, i) => `${shown[i]} to ${shown[i + 1]}`)
  const ranges = edges.length === 0 ? ['all'] : [`up to ${shown[0]}`, ...inner, `above ${shown.at(-1)}`]
  return [...ranges, 'missing', 'unseen']
}
