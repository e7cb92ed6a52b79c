import golden from './golden/forest/peer.json' with { type: 'json' }
import { categories, numbers } from './learning-tables.ts'
import type { Table } from '../src/learn/index.ts'

const { columns, folds } = golden

/** The table that scikit-learn's forests were measured on; see `golden/forest/make.py`. */
export const peerTable: Table = {
  nRows: golden.y.length,
  columns: [
    numbers('amount', columns.amount),
    numbers('age', columns.age),
    numbers('visits', columns.visits),
    categories('region', columns.region),
    categories('provider', columns.provider),
  ],
}

/** Rows of each fold's training and test part. */
export const peerFolds = [...new Set(folds)].toSorted().map((fold) => {
  const rowsWhere = (inTest: boolean): Int32Array =>
    Int32Array.from([...folds.keys()].filter((row) => (folds[row] === fold) === inTest))
  return { train: rowsWhere(false), test: rowsWhere(true) }
})

/** Mean over seeds and folds of a golden metric. */
export function peerMean(metric: readonly (readonly number[])[]): number {
  return metric.flat().reduce((sum, value) => sum + value, 0) / metric.flat().length
}
