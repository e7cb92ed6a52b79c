import { checkLabelsAndProbabilities } from './check-input.ts'
import type { CountedMetric } from './counted-metric.ts'

/** One bar of a reliability diagram: rows with a probability in (lower, upper]; the first bin also holds 0. */
export type CalibrationBin = {
  lower: number
  upper: number
  n: number
  /** Mean probability said; NaN for an empty bin. */
  meanScore: number
  /** Share of rows that were positive; NaN for an empty bin. */
  positiveRate: number
}

/**
 * Probability said against what happened, in `nBins` bins of equal width.
 *
 * Golden: test/golden/metrics (scikit-learn `calibration_curve`, strategy "uniform", whose bins are closed above too).
 * @param y     labels 0 or 1, shape (n,)
 * @param score probability of 1, shape (n,)
 * @param nBins at least 1
 * @returns all bins, the empty ones too, ascending
 * O(n + nBins) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function calibrationBins(y: Uint8Array, score: Float64Array, nBins = 10): CalibrationBin[] {
  const binOf = calibrationBinOfRows(y, score, nBins)
  const n = new Float64Array(nBins)
  const sumScore = new Float64Array(nBins)
  const nPositives = new Float64Array(nBins)
  for (let row = 0; row < y.length; row++) {
    n[binOf[row]]++
    sumScore[binOf[row]] += score[row]
    nPositives[binOf[row]] += y[row]
  }
  return Array.from(n, (nRows, bin) => ({
    lower: bin / nBins,
    upper: (bin + 1) / nBins,
    n: nRows,
    meanScore: sumScore[bin] / nRows,
    positiveRate: nPositives[bin] / nRows,
  }))
}

/**
 * Expected calibration error: the mean distance, over rows, between the probability said in a row's bin and what
 * happened there: Σ (n_b / n)·|mean score − positive rate|. 0 is calibrated; it grows with `nBins` on few rows, by
 * noise alone.
 *
 * Source: Naeini, Cooper & Hauskrecht (2015), AAAI. Golden: test/golden/metrics (NumPy over scikit-learn's bins).
 * @returns in [0, 1]; NaN when n = 0
 * O(n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function expectedCalibrationError(y: Uint8Array, score: Float64Array, nBins = 10): number {
  return countedCalibrationError(y, score, nBins)(new Int32Array(y.length).fill(1))
}

/** Counted form of `expectedCalibrationError`. */
export function countedCalibrationError(y: Uint8Array, score: Float64Array, nBins = 10): CountedMetric {
  const binOf = calibrationBinOfRows(y, score, nBins)
  const gap = score.map((value, row) => value - y[row])
  return (counts) => {
    const gaps = new Float64Array(nBins)
    let n = 0
    for (let row = 0; row < gap.length; row++) {
      gaps[binOf[row]] += counts[row] * gap[row]
      n += counts[row]
    }
    return gaps.reduce((sum, value) => sum + Math.abs(value), 0) / n
  }
}

function calibrationBinOfRows(y: Uint8Array, score: Float64Array, nBins: number): Int32Array {
  checkLabelsAndProbabilities(y, score)
  return Int32Array.from(score, (value) => {
    const bin = Math.max(Math.ceil(value * nBins) - 1, 0)
    // The product may round across an edge that the quotient hits: 0.07 * 100 is 7.000000000000001.
    if (bin > 0 && value <= bin / nBins) return bin - 1
    return value > (bin + 1) / nBins ? bin + 1 : bin
  })
}
