import { AssayError } from '../../errors/index.ts'
import { checkOption } from '../options.ts'
import type { Split } from './split.ts'

/**
 * Folds in the order of time: each is tested on a stretch that begins after all it learned from, as the model will be
 * used. The first stretch is only learned from, and the window grows (scikit-learn's TimeSeriesSplit). Stretches hold
 * about n / (nFolds + 1) rows; rows of one instant stay together. O(n log n + folds x n).
 * @param time when each row arose, any unit that grows
 * @param options.gap time between the last row learned from and the first tested, in the unit of `time`; 0 if absent. At
 *   least as long as an outcome takes to become known, or the model learns from labels that nobody had yet.
 * @throws OPTION_INVALID, SPLIT_TIME_MISSING, SPLIT_TIMES_TOO_FEW when there are too few different times for the folds, or
 *   the gap leaves nothing to learn from
 */
export function timeFolds(time: Float64Array, { nFolds, gap = 0 }: { nFolds: number; gap?: number }): Split[] {
  checkOption('nFolds', nFolds, { integer: [1, 255] })
  const sorted = sortTimes(time, gap)
  const cuts = Array.from({ length: nFolds }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / (nFolds + 1))])
  return cuts.map((cut, i) => splitAt(time, { from: cut, to: cuts[i + 1] ?? Infinity, gap, first: sorted[0] }))
}

/**
 * The newest rows as the test part, about testShare of all; rows of one instant stay together. O(n log n).
 * @param time, gap as for `timeFolds`
 * @param testShare in (0, 1)
 * @throws SHARE_INVALID, OPTION_INVALID, SPLIT_TIME_MISSING, SPLIT_TIMES_TOO_FEW
 */
export function timeHoldOut(time: Float64Array, testShare: number, gap = 0): Split {
  if (!(testShare > 0 && testShare < 1))
    throw new AssayError('SHARE_INVALID', { share: testShare, allowed: 'above 0 and below 1' })
  const sorted = sortTimes(time, gap)
  const nTest = Math.max(1, Math.round(testShare * sorted.length))
  let cut = sorted[sorted.length - nTest]
  // All before the cut may be one instant with it; the next one then begins the test part.
  if (cut === sorted[0]) cut = sorted.find((value) => value > cut) ?? cut
  return splitAt(time, { from: cut, to: Infinity, gap, first: sorted[0] })
}

function sortTimes(time: Float64Array, gap: number): Float64Array {
  checkOption('gap', gap, { number: [0, Number.MAX_VALUE] })
  const nMissing = time.reduce((n, value) => n + (Number.isNaN(value) ? 1 : 0), 0)
  if (nMissing > 0) throw new AssayError('SPLIT_TIME_MISSING', { nMissing, nRows: time.length })
  return time.slice().sort()
}

type Stretch = { from: number; to: number; gap: number; first: number }

function splitAt(time: Float64Array, { from, to, gap, first }: Stretch): Split {
  if (!(first < from - gap && from < to))
    throw new AssayError('SPLIT_TIMES_TOO_FEW', {
      reason:
        gap > 0 && first < from ? `a gap of ${gap} leaves no row to learn from` : 'too many rows have the same time',
    })
  const rows = Int32Array.from(time.keys())
  return {
    train: rows.filter((row) => time[row] < from - gap),
    test: rows.filter((row) => time[row] >= from && time[row] < to),
  }
}
