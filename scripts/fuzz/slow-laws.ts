import { takeRows, type AnyModel } from '../../src/learn/index.ts'
import type { FuzzCase, FuzzData } from './fuzz-case.ts'
import { findBoostingDifference } from './slow-boosting-laws.ts'
import { findForestDifference } from './slow-forest-laws.ts'
import { findScoreDifference } from './slow-score-laws.ts'

/**
 * Holds a model against the slow and obvious versions: its scores against a walk through its trees for each row, and its trees, where
 * these versions are fast enough and know the options, node by node.
 */
export function findDifferenceToSlow(fuzzCase: FuzzCase, model: AnyModel): string | undefined {
  const counted = { ...fuzzCase, data: countedRows(fuzzCase.data) }
  return (
    findScoreDifference(model, fuzzCase.data.table) ??
    findBoostingDifference(counted, model) ??
    findForestDifference(counted, model)
  )
}

/** The rows without those of weight 0, which are as good as absent. */
function countedRows(data: FuzzData): FuzzData {
  const { table, y, weights } = data
  if (!weights?.includes(0)) return data
  const rows = Int32Array.from(y.keys()).filter((row) => weights[row] !== 0)
  const taken = { table: takeRows(table, rows), y: Float64Array.from(rows, (row) => y[row]) }
  return { ...data, ...taken, weights: Float64Array.from(rows, (row) => weights[row]) }
}
