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
function featureBins(column: Column): { bins: Int32Array; nBins: number } {
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

/** What a column says about the target, learned five times on four parts and read off on the fifth. */
export type CrossFit = {
  /** Cell of each row: its bin and its part. */
  cells: Int32Array
  /** Share of positives of a cell's bin in the other parts. */
  rates: Float64Array
  /** Rows and positives of each cell. */
  counts: Float64Array
  positives: Float64Array
}

/**
 * Share of positives in each row's bin, counted over the other four parts and drawn towards the overall share by one
 * row's weight, so that a level seen once says nothing about itself. Without it a column of unique texts would predict
 * any target perfectly (Micci-Barreca 2001; the reason scikit-learn's TargetEncoder cross-fits). O(n + bins).
 */
export function crossFit(column: Column, y: Uint8Array, parts: Uint8Array): CrossFit {
  const { bins, nBins } = featureBins(column)
  const cells = bins.map((bin, row) => bin * N_PARTS + parts[row])
  const counts = new Float64Array(nBins * N_PARTS)
  const positives = new Float64Array(nBins * N_PARTS)
  let nPositive = 0
  for (let row = 0; row < y.length; row++) {
    counts[cells[row]]++
    positives[cells[row]] += y[row]
    nPositive += y[row]
  }
  const prior = nPositive / y.length
  const sumOfBin = (values: Float64Array, bin: number) => {
    let sum = 0
    for (let part = 0; part < N_PARTS; part++) sum += values[bin * N_PARTS + part]
    return sum
  }
  const rates = new Float64Array(nBins * N_PARTS)
  for (let bin = 0; bin < nBins; bin++) {
    const nRows = sumOfBin(counts, bin)
    const nOfBin = sumOfBin(positives, bin)
    for (let cell = bin * N_PARTS; cell < (bin + 1) * N_PARTS; cell++)
      rates[cell] = (nOfBin - positives[cell] + prior) / (nRows - counts[cell] + 1)
  }
  return { cells, rates, counts, positives }
}

/**
 * How well one column alone ranks the rows: the largest ROC-AUC of its cross-fitted rates and, for numbers, of the raw
 * values in either direction with what is missing at either end. In [0.5, 1]. O(n log n) for numbers, O(bins log bins)
 * for categories.
 */
export function featureAuc(column: Column, y: Uint8Array, fit: CrossFit): number {
  return Math.max(0.5, rateAuc(fit), column.kind === 'number' ? numberAuc(column, y) : 0)
}

/** ROC-AUC of rates that many rows share, from the counts of their cells. */
function rateAuc({ rates, counts, positives }: CrossFit): number {
  const order = Int32Array.from(rates.keys())
    .filter((cell) => counts[cell] > 0)
    .sort((a, b) => rates[a] - rates[b])
  let [wins, nNegative, nPositive] = [0, 0, 0]
  for (let i = 0; i < order.length;) {
    let [tiedNegative, tiedPositive] = [0, 0]
    const rate = rates[order[i]]
    for (; i < order.length && rates[order[i]] === rate; i++) {
      tiedPositive += positives[order[i]]
      tiedNegative += counts[order[i]] - positives[order[i]]
    }
    wins += tiedPositive * (nNegative + tiedNegative / 2)
    nNegative += tiedNegative
    nPositive += tiedPositive
  }
  return wins / (nPositive * nNegative)
}

/** Missing values all below the others, or all above: what that adds to the pairs that are in order needs no sorting. */
function numberAuc({ values }: NumberColumn, y: Uint8Array): number {
  const present = new Float64Array(values.length)
  const labels = new Uint8Array(values.length)
  let nPresent = 0
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row])) continue
    present[nPresent] = values[row]
    labels[nPresent++] = y[row]
  }
  const known = labels.subarray(0, nPresent)
  const p = countPositives(known)
  const n = nPresent - p
  const pMissing = countPositives(y) - p
  const nMissing = y.length - nPresent - pMissing
  const wins = p === 0 || n === 0 ? 0 : p * n * rocAucScore(known, present.subarray(0, nPresent))
  const ofMissing = (pMissing * nMissing) / 2
  const nPairs = (p + pMissing) * (n + nMissing)
  const areas = [wins + ofMissing + p * nMissing, wins + ofMissing + pMissing * n].map((won) => won / nPairs)
  return Math.max(...areas.map((area) => Math.max(area, 1 - area)))
}

function countPositives(y: Uint8Array): number {
  let sum = 0
  for (let row = 0; row < y.length; row++) sum += y[row]
  return sum
}
