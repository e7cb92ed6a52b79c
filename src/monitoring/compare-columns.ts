import type { Column, Table } from '../learn/index.ts'
import { countInto, referenceBins } from '../stats/index.ts'
import { compareCounts, type ComparedColumn, type DriftComparison, type DriftSettings } from './drift.ts'

export type ColumnSide = {
  table: Table
  /** the model's scores of the same rows, if it should be compared too */
  score?: Float64Array
}

/**
 * Drift between two tables as they are, without a deployed model. Columns are matched by name; one that the window lacks counts as
 * missing in every row. Cost grows with rows; traffic is compared by `driftReport`, whose cost does not.
 * @param importance by feature, on any scale; all alike when left out
 */
export function compareColumns(
  reference: ColumnSide,
  window: ColumnSide,
  options: { importance?: Record<string, number>; settings?: DriftSettings } = {},
): DriftComparison {
  const { importance, settings } = options
  const current = new Map(window.table.columns.map((column) => [column.name, column]))
  const features = reference.table.columns.map((column) => {
    const weight = importance === undefined ? 1 : (importance[column.name] ?? 0)
    return compared(column, {
      current: current.get(column.name) ?? emptied(column, window.table.nRows),
      importance: weight,
    })
  })
  const score =
    reference.score && window.score
      ? compared(scoreColumn(reference.score), { current: scoreColumn(window.score), importance: 1 })
      : null
  return compareCounts({ features, score }, settings)
}

function compared(column: Column, { current, importance }: { current: Column; importance: number }): ComparedColumn {
  const bins = referenceBins(column)
  return { name: column.name, bins, reference: countInto(bins, column), current: countInto(bins, current), importance }
}

const scoreColumn = (values: Float64Array): Column => ({ kind: 'number', name: 'score', values })

function emptied(column: Column, nRows: number): Column {
  return column.kind === 'number'
    ? { ...column, values: new Float64Array(nRows).fill(NaN) }
    : { ...column, codes: new Int32Array(nRows).fill(-1) }
}
