import { AssayError } from '../../errors/index.ts'

/**
 * Checks once, at the door, what every metric assumes: as many scores as labels, labels 0 or 1, no missing score.
 * O(n), no allocation.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID (with the first row at fault, counted from 0)
 */
export function checkLabelsAndScores(y: Uint8Array, score: Float64Array): void {
  if (y.length !== score.length) {
    throw new AssayError('METRIC_LENGTHS_DIFFER', { nLabels: y.length, nScores: score.length })
  }
  for (let row = 0; row < y.length; row++) {
    if (y[row] > 1) throw new AssayError('METRIC_LABEL_INVALID', { given: y[row], row })
    if (Number.isNaN(score[row])) {
      throw new AssayError('METRIC_SCORE_INVALID', { given: 'NaN', row, wanted: 'a number' })
    }
  }
}

/**
 * As `checkLabelsAndScores`, and the scores must be probabilities. For metrics that read the score's size, not its rank.
 * @throws also METRIC_SCORE_INVALID for a score outside [0, 1]
 */
export function checkLabelsAndProbabilities(y: Uint8Array, score: Float64Array): void {
  checkLabelsAndScores(y, score)
  for (let row = 0; row < score.length; row++) {
    if (score[row] < 0 || score[row] > 1) {
      throw new AssayError('METRIC_SCORE_INVALID', { given: score[row], row, wanted: 'a probability from 0 to 1' })
    }
  }
}
