import { isDeepStrictEqual } from 'node:util'
import type { AnyModel } from '../../src/learn/index.ts'
import { BoostedTrees } from '../../src/learn/boosting/boosted-trees.ts'
import { BoostedClasses } from '../../src/learn/boosting/multiclass/boosted-classes.ts'
import { BoostedRegression } from '../../src/learn/boosting/regression/boosted-regression.ts'
import { regressionLosses } from '../../src/learn/boosting/regression/losses.ts'
import { decodeTrees } from '../../src/learn/testing/decode-trees.ts'
import { slowBoosting } from '../../src/learn/testing/slow-boosting.ts'
import { fittedTreesOf } from '../../src/learn/trees/models/tree-model.ts'
import type { FuzzCase, FuzzData } from './fuzz-case.ts'

/** The slow version looks at every row in every leaf, for every class. */
const MAX_ROWS = 150
const MAX_COLUMNS = 6
const MAX_CLASSES = 5

/** Holds the trees of boosting against those of the slow version; not where rows are held out, which it does not know. */
export function findBoostingDifference({ data, options }: FuzzCase, model: AnyModel): string | undefined {
  const { table, classes } = data
  const isHeldOut = typeof options.patience === 'number'
  if (isHeldOut || table.nRows > MAX_ROWS || table.columns.length > MAX_COLUMNS) return undefined
  if (classes && classes.length > MAX_CLASSES) return undefined
  const slow = slowVersion(data, model)
  if (!slow) return undefined
  const { boosted, nClasses, ...expected } = slow
  if (!isDeepStrictEqual(boosted.preparation, expected.preparation)) return 'has other bins than the slow version'
  const trees = decodeTrees(boosted)
  const nRounds = expected.trees.length / nClasses
  if (trees.length !== expected.trees.length) return `has ${trees.length} trees, not ${expected.trees.length}`
  for (const [t, wanted] of expected.trees.entries()) {
    const nodes = trees[(t % nClasses) * nRounds + Math.floor(t / nClasses)]
    if (isDeepStrictEqual(nodes, wanted)) continue
    return `tree ${t} is ${JSON.stringify(nodes)}, by the slow version ${JSON.stringify(wanted)}`
  }
  return undefined
}

type Slow = ReturnType<typeof slowBoosting> & { boosted: Parameters<typeof decodeTrees>[0]; nClasses: number }

function slowVersion({ table, y, weights }: FuzzData, model: AnyModel): Slow | undefined {
  const boosted = fittedTreesOf(model)
  if (boosted instanceof BoostedTrees) {
    return { boosted, nClasses: 1, ...slowBoosting({ table, y: Uint8Array.from(y), weights }, boosted.options) }
  }
  if (boosted instanceof BoostedClasses) {
    const nClasses = boosted.baseScores.length
    const start = startOfClasses(y, weights, nClasses)
    const objective = { loss: 'softmax', start, hessianFactor: nClasses / (nClasses - 1) } as const
    return { boosted, nClasses, ...slowBoosting({ table, y, weights }, boosted.options, objective) }
  }
  if (boosted instanceof BoostedRegression) {
    const { loss, tweediePower } = boosted.options
    const { isLog, kernel } = regressionLosses[loss]
    const { baseScore } = boosted
    const targets = Float32Array.from(y, (value) => (isLog ? value : value - baseScore))
    const objective = { ...kernel(tweediePower), start: [isLog ? baseScore : 0] }
    return { boosted, nClasses: 1, ...slowBoosting({ table, y: targets, weights }, boosted.options, objective) }
  }
  return undefined
}

/** The logarithms of the classes' shares. */
function startOfClasses(y: Float64Array, weights: Float64Array | undefined, nClasses: number): number[] {
  const sums = Array.from({ length: nClasses }, () => 0)
  for (const [row, k] of y.entries()) sums[k] += weights?.[row] ?? 1
  const total = sums.reduce((sum, weight) => sum + weight)
  return sums.map((sum) => Math.fround(Math.log(sum / total)))
}
