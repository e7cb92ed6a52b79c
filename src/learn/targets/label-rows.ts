import { checkLabels } from '../table.ts'
import { checkTrainingRows, countTrainingRows, type TrainingRows } from '../trees/training-rows.ts'
import { checkWeights } from '../weights.ts'
import { usedRows, type RowLimits, type TargetRows } from './used-rows.ts'

/** Rows of two classes to learn from: labels y, 0 or 1, and weights, both of shape (nRows,). */
export type LabelRows = TrainingRows & { y: Uint8Array; weights?: Float64Array }

/**
 * The rows that count.
 * @throws what `checkTrainingRows`, `checkLabels` and `checkWeights` throw
 */
export function usedLabelRows({ y, weights, ...rows }: LabelRows, limits: RowLimits): TargetRows<Uint8Array> {
  checkTrainingRows(rows, limits)
  checkLabels(y, countTrainingRows(rows))
  if (weights) checkWeights(weights, y)
  return usedRows({ rows, y, weights })
}
