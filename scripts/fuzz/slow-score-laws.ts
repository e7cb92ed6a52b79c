import { takeRows, type AnyModel, type Table } from '../../src/learn/index.ts'
import { BoostedTrees } from '../../src/learn/boosting/boosted-trees.ts'
import { BoostedClasses } from '../../src/learn/boosting/multiclass/boosted-classes.ts'
import { BoostedRegression } from '../../src/learn/boosting/regression/boosted-regression.ts'
import { Forest } from '../../src/learn/forest/forest.ts'
import { ForestClasses } from '../../src/learn/forest/multiclass/forest-classes.ts'
import { ForestRegression } from '../../src/learn/forest/regression/forest-regression.ts'
import { slowSum } from '../../src/learn/testing/slow-forest.ts'
import type { FittedTrees } from '../../src/learn/trees/models/fitted-trees.ts'
import { fittedTreesOf } from '../../src/learn/trees/models/tree-model.ts'

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
  const fitted = fittedTreesOf(model)
  if (fitted instanceof BoostedTrees) {
    return (table, row) => [1 / (1 + Math.exp(-fitted.baseScore - slowSum(fitted, { table, row })))]
  }
  if (fitted instanceof BoostedRegression) {
    const isLog = !['squared', 'absolute'].includes(fitted.options.loss)
    return (table, row) => {
      const raw = fitted.baseScore + slowSum(fitted, { table, row })
      return [isLog ? Math.exp(raw) : raw]
    }
  }
  if (fitted instanceof BoostedClasses) {
    return (table, row) => {
      const sums = sumsByClass(fitted, fitted.baseScores.length, { table, row })
      const raw = sums.map((sum, k) => sum + fitted.baseScores[k])
      const most = Math.max(...raw)
      return sharesOf(raw.map((score) => Math.exp(score - most)))
    }
  }
  if (fitted instanceof Forest) {
    return (table, row) => [slowSum(fitted, { table, row }) / fitted.options.nTrees]
  }
  if (fitted instanceof ForestRegression) {
    return (table, row) => [fitted.baseScore + slowSum(fitted, { table, row }) / fitted.options.nTrees]
  }
  if (fitted instanceof ForestClasses) {
    return (table, row) => sharesOf(sumsByClass(fitted, fitted.nClasses, { table, row }))
  }
  return undefined
}

/** The sum of leaves for each class. */
function sumsByClass(fitted: FittedTrees, nClasses: number, at: Parameters<typeof slowSum>[1]): number[] {
  const { preparation } = fitted
  return Array.from({ length: nClasses }, (_, k) => slowSum({ preparation, trees: fitted.treesOf(k) }, at))
}

function sharesOf(parts: readonly number[]): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part) => part / total)
}
