import { AssayError } from '../../errors/index.ts'
import { checkLabelsAndProbabilities } from '../metrics/check-input.ts'
import { applyIsotonic, fitIsotonic, type IsotonicCalibration } from './isotonic.ts'
import { applyPlatt, fitPlatt, type PlattCalibration } from './platt.ts'

/** A fitted, increasing function from scores to probabilities. */
export type Calibration = PlattCalibration | IsotonicCalibration

/** The ways there are, by the name they have in projects and artifacts. */
export const calibrationKinds = ['platt', 'isotonic'] as const

/**
 * Learns how often a score of this size comes true. Wants scores of rows the model was not fitted on, e.g. out-of-fold ones
 * of cross-validation; on its own training rows a forest looks surer than it is.
 *
 * 'platt' has two parameters, keeps the order of all scores and suits a few hundred rows; 'isotonic' bends to any shape,
 * needs thousands, and makes ties (never reversals).
 * @param y     labels 0 or 1, shape (n,), both present
 * @param score in [0, 1], shape (n,)
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID, LABELS_ONE_CLASS
 */
export function fitCalibration(kind: Calibration['kind'], y: Uint8Array, score: Float64Array): Calibration {
  checkLabelsAndProbabilities(y, score)
  if (!y.includes(0) || !y.includes(1))
    throw new AssayError('LABELS_ONE_CLASS', { nRows: y.length, label: y[0] ?? 'none' })
  return kind === 'platt' ? fitPlatt(y, score) : fitIsotonic(y, score)
}

/** The probability for a score; in [0, 1], not descending. */
export function calibrate(calibration: Calibration, score: number): number {
  return calibration.kind === 'platt' ? applyPlatt(calibration, score) : applyIsotonic(calibration, score)
}
