import { isDeepStrictEqual } from 'node:util'
import { takeRows, type AnyModel } from '../../src/learn/index.ts'
import { BoostingModel } from '../../src/learn/boosting/boosting-model.ts'
import { ForestModel } from '../../src/learn/forest/forest-model.ts'
import { decodeTrees } from '../../src/learn/testing/decode-trees.ts'
import { slowBoosting } from '../../src/learn/testing/slow-boosting.ts'
import { slowScore } from '../../src/learn/testing/slow-forest.ts'
import type { FuzzCase } from './fuzz-case.ts'

/** The slow versions look at every row in every leaf. */
const MAX_ROWS = 150
const MAX_COLUMNS = 6

/**
 * Holds the trees of boosting of two classes, and the scores of a forest, against the slow and obvious versions where these are fast
 * enough and know the options.
 */
export function findDifferenceToSlow({ data, options }: FuzzCase, model: AnyModel): string | undefined {
  const { table, weights } = data
  if (model instanceof ForestModel) {
    const rows = Int32Array.from({ length: Math.min(table.nRows, MAX_ROWS) }, (_, row) => row)
    const some = takeRows(table, rows)
    const scores = model.predict(some)
    const row = scores.findIndex((score, row) => score !== slowScore(model.forest, some, row))
    if (row < 0) return undefined
    return `row ${row} scores ${scores[row]}, by the slow version ${slowScore(model.forest, some, row)}`
  }
  const isHeldOut = typeof options.patience === 'number'
  if (!(model instanceof BoostingModel) || isHeldOut || weights?.includes(0)) return undefined
  if (table.nRows > MAX_ROWS || table.columns.length > MAX_COLUMNS) return undefined
  const slow = slowBoosting({ table, y: Uint8Array.from(data.y), weights }, model.boosted.options)
  if (!isDeepStrictEqual(model.boosted.preparation, slow.preparation)) return 'has other bins than the slow version'
  const trees = decodeTrees(model.boosted)
  const t = trees.findIndex((nodes, t) => !isDeepStrictEqual(nodes, slow.trees[t]))
  if (t < 0) return undefined
  return `tree ${t} is ${JSON.stringify(trees[t])}, by the slow version ${JSON.stringify(slow.trees[t])}`
}
