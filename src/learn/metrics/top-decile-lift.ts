import type { CountedMetric } from './counted-metric.ts'
import { gainAt } from './curves/lift-curve.ts'
import { stepCounts } from './curves/step-counts.ts'
import { rankRows } from './ranking.ts'

const SHARE = 0.1

/**
 * How many times more positives are among the 10 % of rows with the highest scores than among as many drawn by chance. Rows of
 * the score at which the 10 % end count in proportion.
 *
 * Golden: test/golden/metrics (NumPy's interpolation between the ends of runs of equal scores).
 * @param y     labels 0 or 1, shape (n,)
 * @param score any number that grows with the chance of 1, shape (n,)
 * @returns in [0, 10], 1 is chance; NaN without positives
 * O(n log n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function topDecileLiftScore(y: Uint8Array, score: Float64Array): number {
  const steps = stepCounts(y, score)
  return steps.nPositive === 0 ? NaN : gainAt(steps, SHARE) / SHARE
}

/** Counted form of `topDecileLiftScore`. */
export function countedTopDecileLift(y: Uint8Array, score: Float64Array): CountedMetric {
  const { rows, labels, endsTie } = rankRows(y, score)
  return (counts) => {
    let [n, nPositive] = [0, 0]
    for (let row = 0; row < y.length; row++) {
      n += counts[row]
      nPositive += counts[row] * y[row]
    }
    if (nPositive === 0) return NaN
    let [left, found, tiedRows, tiedPositives] = [SHARE * n, 0, 0, 0]
    for (let k = rows.length - 1; k >= 0 && left > 0; k--) {
      const count = counts[rows[k]]
      tiedRows += count
      tiedPositives += count * labels[k]
      if (tiedRows === 0 || !(k === 0 || endsTie[k - 1] === 1)) continue
      found += tiedPositives * Math.min(1, left / tiedRows)
      left -= tiedRows
      tiedRows = 0
      tiedPositives = 0
    }
    return found / nPositive / SHARE
  }
}
