import { takeRows, type AnyModel, type Table } from '../../src/learn/index.ts'
import { BoostingModel } from '../../src/learn/boosting/boosting-model.ts'
import { BoostingMulticlassModel } from '../../src/learn/boosting/multiclass/boosting-multiclass-model.ts'
import { BoostingRegressionModel } from '../../src/learn/boosting/regression/boosting-regression-model.ts'
import { ForestModel } from '../../src/learn/forest/forest-model.ts'
import { ForestMulticlassModel } from '../../src/learn/forest/multiclass/forest-multiclass-model.ts'
import { ForestRegressionModel } from '../../src/learn/forest/regression/forest-regression-model.ts'
import { slowSum } from '../../src/learn/testing/slow-forest.ts'

/** Of so many rows at most the trees are walked. */
const MAX_ROWS = 60

/** Sums over trees are added in the same order; what differs is the order of steps behind them. */
const TOLERANCE = 1e-12

/** Holds the scores of some rows against those of a walk node by node through every tree. */
export function findScoreDifference(model: AnyModel, table: Table): string | undefined {
  const scoresOf = slowScorer(model)
  if (!scoresOf) return undefined
  const some = takeRows(
    table,
    Int32Array.from({ length: Math.min(table.nRows, MAX_ROWS) }, (_, row) => row),
  )
  const scores = model.predict(some)
  const width = scores.length / some.nRows
  for (let row = 0; row < some.nRows; row++) {
    for (const [k, slow] of scoresOf(some, row).entries()) {
      const score = scores[row * width + k]
      if (Math.abs(score - slow) <= TOLERANCE * Math.max(1, Math.abs(slow))) continue
      return `row ${row} scores ${score}${width > 1 ? ` for class ${k}` : ''}, by the slow version ${slow}`
    }
  }
  return undefined
}

/** The scores of one row, by definition: one, or one for each class. */
function slowScorer(model: AnyModel): ((table: Table, row: number) => number[]) | undefined {
  if (model instanceof BoostingModel) {
    const { boosted } = model
    return (table, row) => [1 / (1 + Math.exp(-boosted.baseScore - slowSum(boosted, { table, row })))]
  }
  if (model instanceof BoostingRegressionModel) {
    const { boosted } = model
    const isLog = !['squared', 'absolute'].includes(boosted.options.loss)
    return (table, row) => {
      const raw = boosted.baseScore + slowSum(boosted, { table, row })
      return [isLog ? Math.exp(raw) : raw]
    }
  }
  if (model instanceof BoostingMulticlassModel) {
    const { boosted } = model
    return (table, row) => {
      const sums = sumsByClass(boosted, boosted.baseScores.length, { table, row })
      const raw = sums.map((sum, k) => sum + boosted.baseScores[k])
      const most = Math.max(...raw)
      return sharesOf(raw.map((score) => Math.exp(score - most)))
    }
  }
  if (model instanceof ForestModel) {
    const { forest } = model
    return (table, row) => [slowSum(forest, { table, row }) / forest.options.nTrees]
  }
  if (model instanceof ForestRegressionModel) {
    const { forest } = model
    return (table, row) => [forest.baseScore + slowSum(forest, { table, row }) / forest.options.nTrees]
  }
  if (model instanceof ForestMulticlassModel) {
    const { forest } = model
    return (table, row) => sharesOf(sumsByClass(forest, forest.nClasses, { table, row }))
  }
  return undefined
}

/** The sum of leaves for each class, of trees that lie class by class. */
function sumsByClass(
  model: Parameters<typeof slowSum>[0],
  nClasses: number,
  at: Parameters<typeof slowSum>[1],
): number[] {
  const nTrees = model.trees.starts.length / 2 / nClasses
  return Array.from({ length: nClasses }, (_, k) => slowSum(model, at, [k * nTrees, (k + 1) * nTrees]))
}

function sharesOf(parts: readonly number[]): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => part / total)
}
