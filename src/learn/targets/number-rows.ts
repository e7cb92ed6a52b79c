import { checkTrainingRows, countTrainingRows, type TrainingRows } from '../trees/training-rows.ts'
import { checkWeights } from '../weights.ts'
import { anyNumber, checkTargets, type TargetRule } from './check-targets.ts'
import { usedRows, type RowLimits, type TargetRows } from './used-rows.ts'

/** Rows to learn a number from: numbers y, and weights, both of shape (nRows,). */
export type NumberRows = TrainingRows & { y: Float64Array; weights?: Float64Array }

/**
 * The rows that count.
 * @param loss the loss's name, for errors, and what numbers it can take
 * @throws what `checkTrainingRows`, `checkWeights` and `checkTargets` throw
 */
export function usedNumberRows(
  { y, weights, ...rows }: NumberRows,
  limits: RowLimits,
  loss: { name: string; rule: TargetRule } = { name: 'squared', rule: anyNumber },
): TargetRows<Float64Array> {
  checkTrainingRows(rows, limits)
  const nRows = countTrainingRows(rows)
  if (weights) checkWeights(weights, new Uint8Array(nRows), 1)
  checkTargets({ y, weights, nRows }, loss.rule, loss.name)
  return usedRows({ rows, y, weights })
}
