import { rocAucScore } from '../metrics/roc-auc-score.ts'
import { quantileEdges } from '../quantile-edges.ts'
import { createRandom } from '../random.ts'
import type { Column, NumberColumn } from '../table.ts'

/** Bins of a number: enough to see a value that is telling in the middle, few enough that chance fills none of them. */
const MAX_BINS = 64

const N_PARTS = 5

/** The part of five that each row belongs to while rates are learned: a row's rate never saw the row's own label. */
export function crossFitParts(nRows: number, seed: number): Uint8Array {
  const random = createRandom(seed, 7)
  return Uint8Array.from({ length: nRows }, () => random.below(N_PARTS))
}

/** Bin of each row and their number; missing has the last one. Categories keep every level. */
export function featureBins(column: Column): { bins: Int32Array; nBins: number } {
  if (column.kind === 'category') {
    const nLevels = column.levels.length
    return { bins: column.codes.map((code) => (code < 0 ? nLevels : code)), nBins: nLevels + 1 }
  }
  const edges = quantileEdges(column.values, MAX_BINS)
  const nBins = edges.length + 2
  return { bins: Int32Array.from(column.values, (value) => binOf(edges, value)), nBins }
}

function binOf(edges: Float32Array, value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  const wanted = Math.fround(value)
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (edges[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Share of positives in each row's bin, counted over the other four parts and drawn towards the overall share by one
 * row's weight, so that a level seen once says nothing about itself. Without it a column of unique texts would predict
 * any target perfectly (Micci-Barreca 2001; the reason scikit-learn's TargetEncoder cross-fits).
 */
export function crossFittedRates(
  { bins, nBins }: { bins: Int32Array; nBins: number },
  y: Uint8Array,
  parts: Uint8Array,
): Float64Array {
  const counts = new Float64Array(nBins * N_PARTS)
  const positives = new Float64Array(nBins * N_PARTS)
  const total = new Float64Array(nBins)
  const totalPositives = new Float64Array(nBins)
  let nPositive = 0
  for (let row = 0; row < y.length; row++) {
    const cell = bins[row] * N_PARTS + parts[row]
    counts[cell]++
    positives[cell] += y[row]
    total[bins[row]]++
    totalPositives[bins[row]] += y[row]
    nPositive += y[row]
  }
  const prior = nPositive / y.length
  const rates = new Float64Array(y.length)
  for (let row = 0; row < y.length; row++) {
    const bin = bins[row]
    const cell = bin * N_PARTS + parts[row]
    rates[row] = (totalPositives[bin] - positives[cell] + prior) / (total[bin] - counts[cell] + 1)
  }
  return rates
}

/**
 * How well one column alone ranks the rows: the largest ROC-AUC of its cross-fitted rates and, for numbers, of the raw
 * values in either direction with what is missing at either end. In [0.5, 1]. O(n log n).
 */
export function featureAuc(column: Column, y: Uint8Array, rates: Float64Array): number {
  const byRate = rocAucScore(y, rates)
  return Math.max(0.5, byRate, column.kind === 'number' ? numberAuc(column, y) : 0)
}

function numberAuc({ values }: NumberColumn, y: Uint8Array): number {
  const isComplete = !values.some((value) => Number.isNaN(value))
  const areas = (isComplete ? [0] : [-Infinity, Infinity]).map((end) => {
    const area = rocAucScore(y, isComplete ? values : values.map((value) => (Number.isNaN(value) ? end : value)))
    return Math.max(area, 1 - area)
  })
  return Math.max(...areas)
}
