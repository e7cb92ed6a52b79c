import { MAX_ROWS } from '../../kernels/index.ts'
import { checkLabels } from '../table.ts'
import { checkTrainingRows, countTrainingRows, takeTrainingRows, type TrainingRows } from '../trees/training-rows.ts'
import { checkWeights, findUsedRows } from '../weights.ts'
import type { ForestOptions } from './options.ts'

/** Rows of two classes to learn from. */
export type ClassRows = TrainingRows & { y: Uint8Array; weights?: Float64Array }

/**
 * The rows that count: those of weight 0 are as if they were not there.
 * @throws what `checkTrainingRows`, `checkLabels` and `checkWeights` throw
 */
export function usedClassRows(
  { y, weights, ...rows }: ClassRows,
  { maxBins }: Pick<ForestOptions, 'maxBins'>,
): { rows: TrainingRows; y: Uint8Array; weights?: Float64Array } {
  checkTrainingRows(rows, { maxRows: MAX_ROWS, maxBins })
  checkLabels(y, countTrainingRows(rows))
  if (weights) checkWeights(weights, y)
  const used = findUsedRows(weights)
  if (!used) return { rows, y, weights }
  return {
    rows: takeTrainingRows(rows, used),
    y: Uint8Array.from(used, (row) => y[row]),
    weights: weights!.filter(Boolean),
  }
}
