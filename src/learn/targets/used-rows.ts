import { takeTrainingRows, type TrainingRows } from '../trees/training-rows.ts'
import { findUsedRows } from '../weights.ts'

/** Rows to learn from, checked, with the target of each and how much it counts. */
export type TargetRows<Y> = { rows: TrainingRows; y: Y; weights?: Float64Array }

/** What an algorithm can take: rows, and bins of a column. */
export type RowLimits = { maxRows: number; maxBins: number }

/** The rows that count: those of weight 0 are as if they were not there. */
export function usedRows<Y extends Uint8Array | Int32Array | Float64Array>({
  rows,
  y,
  weights,
}: TargetRows<Y>): TargetRows<Y> {
  const used = findUsedRows(weights)
  if (!used) return { rows, y, weights }
  const isUsed = (_: number, row: number): boolean => weights![row] > 0
  return { rows: takeTrainingRows(rows, used), y: y.filter(isUsed) as Y, weights: weights!.filter(isUsed) }
}
