import { takeRows, type Table } from '../table.ts'
import { checkWeights, findUsedRows } from '../weights.ts'

/** Rows of two classes to learn from. */
export type ClassRows = { table: Table; y: Uint8Array; weights?: Float64Array }

/**
 * The rows that count: those of weight 0 are as if they were not there.
 * @throws WEIGHTS_INVALID
 */
export function usedRows(rows: ClassRows): ClassRows {
  const { table, y, weights } = rows
  if (!weights) return rows
  checkWeights(weights, y)
  const used = findUsedRows(weights)
  if (!used) return rows
  return { table: takeRows(table, used), y: y.filter((_, row) => weights[row] > 0), weights: weights.filter(Boolean) }
}
