import { expectedCalibrationError } from './calibration.ts'
import { checkLabelsAndProbabilities } from './check-input.ts'
import { liftCurve, type LiftCurve } from './curves/lift-curve.ts'
import { prCurve, type PrCurve } from './curves/pr-curve.ts'
import { reliabilityBins, type ReliabilityBin } from './curves/reliability-bins.ts'
import { rocCurve, type RocCurve } from './curves/roc-curve.ts'
import { stepCounts } from './curves/step-counts.ts'
import { thresholdCounts, type ThresholdCounts } from './curves/threshold-counts.ts'

const MAX_POINTS = 201
const N_BINS = 10

/** All that is drawn of a binary classifier's scores: plain JSON, a few kilobytes however many rows. */
export type Curves = {
  nPositive: number
  nNegative: number
  /** At most 201 points, both ends included; the first threshold is above every score. */
  roc: RocCurve
  /** At most 201 points, both ends included. */
  pr: PrCurve
  /**
   * At most 10 bins of about equally many rows. The error is the registered metric of that name (10 bins of equal width), so
   * that it has one value wherever it is read; NaN without rows.
   */
  calibration: { bins: ReliabilityBin[]; expectedCalibrationError: number }
  /** By steps of 5 % of the rows. */
  lift: LiftCurve
  /** At 0, 0.01 … 1. */
  thresholds: ThresholdCounts[]
}

/**
 * Draws the curves of one model on rows it was not fitted on.
 * @param y     labels 0 or 1, shape (n,). Where a class is absent, the curves that compare classes have no points.
 * @param score probability of 1, shape (n,)
 * O(n log n) time. Does not depend on the order of the rows.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function evaluateCurves(y: Uint8Array, score: Float64Array): Curves {
  checkLabelsAndProbabilities(y, score)
  const steps = stepCounts(y, score)
  return {
    nPositive: steps.nPositive,
    nNegative: steps.nNegative,
    roc: rocCurve(steps, MAX_POINTS),
    pr: prCurve(steps, MAX_POINTS),
    calibration: {
      bins: reliabilityBins(y, score, N_BINS),
      expectedCalibrationError: expectedCalibrationError(y, score),
    },
    lift: liftCurve(steps),
    thresholds: thresholdCounts(steps),
  }
}
