import { logLoss } from '../metrics/index.ts'
import type { Model } from '../model/model.ts'
import { takeRows, type Table } from '../table.ts'
import { treeEnsembleOf, type TreeEnsemble } from './ensemble.ts'
import { TreeEvaluator } from './evaluator.ts'
import { sliceTrees } from './trees.ts'

/** Points of a curve: each is a sum for every row. */
const MOST_POINTS = 24
/** Rows that are looked at, spread evenly over those given. */
const MOST_ROWS = 50_000

export type LossByTrees = { nTrees: number; loss: number }[]

/**
 * The log-loss that a tree model would have with its first trees alone, by their number: at most 24 numbers, evenly spaced, the last
 * within one such space of all trees. Costs little more than one prediction of at most 50,000 rows, which are spread evenly.
 * @param data rows that the model has not learned from, with their labels y, shape (nRows,), 0 or 1
 * @returns nothing for a model without trees, and for no rows
 * @throws what `predict` throws
 */
export function lossByTrees(model: Model, data: { table: Table; y: Uint8Array }): LossByTrees {
  const ensemble = treeEnsembleOf(model)
  if (!ensemble || data.y.length === 0) return []
  const { table, y } = thinned(data)
  const nTrees = ensemble.trees.starts.length / 2
  const space = Math.ceil(nTrees / MOST_POINTS)
  const nPoints = Math.floor(nTrees / space)
  const trees = sliceTrees(ensemble.trees, 0, space * nPoints)
  const sums = new TreeEvaluator(ensemble.preparation, trees, nPoints).sums(table)
  const sumSoFar = new Float64Array(y.length)
  return Array.from({ length: nPoints }, (_, point) => {
    for (let row = 0; row < y.length; row++) sumSoFar[row] += sums[row * nPoints + point]
    const nSoFar = space * (point + 1)
    return { nTrees: nSoFar, loss: logLoss(y, scoresOf(ensemble, sumSoFar, nSoFar / nTrees)) }
  })
}

/** @param share of the trees that the sums are of: the scale of a mean is one over the number of all */
function scoresOf({ baseScore, scale, unit }: TreeEnsemble, sums: Float64Array, share: number): Float64Array {
  if (unit === 'logOdds') return sums.map((sum) => 1 / (1 + Math.exp(-(baseScore + scale * sum))))
  // Rounding may put a mean of ones above one.
  return sums.map((sum) => Math.min(1, baseScore + (scale / share) * sum))
}

function thinned({ table, y }: { table: Table; y: Uint8Array }): { table: Table; y: Uint8Array } {
  if (y.length <= MOST_ROWS) return { table, y }
  const rows = Int32Array.from({ length: MOST_ROWS }, (_, i) => Math.floor((i * y.length) / MOST_ROWS))
  return { table: takeRows(table, rows), y: Uint8Array.from(rows, (row) => y[row]) }
}
