import { isDeepStrictEqual } from 'node:util'
import { countBins, type AnyModel, type Preparation } from '../../src/learn/index.ts'
import { fitPreparation } from '../../src/learn/preparation.ts'
import { binCentres } from '../../src/learn/forest/bin-centres.ts'
import { fixTargets, fixWeights } from '../../src/learn/forest/fixed-point.ts'
import type { FittedForestOptions } from '../../src/learn/forest/forest.ts'
import { ForestModel } from '../../src/learn/forest/forest-model.ts'
import { ForestMulticlassModel } from '../../src/learn/forest/multiclass/forest-multiclass-model.ts'
import { ForestRegressionModel } from '../../src/learn/forest/regression/forest-regression-model.ts'
import { decodeTrees } from '../../src/learn/testing/decode-trees.ts'
import { slowBinsOf } from '../../src/learn/testing/slow-forest.ts'
import { slowTree, type SlowJob, type SlowNode } from '../../src/learn/testing/slow-growth.ts'
import type { FuzzCase, FuzzData } from './fuzz-case.ts'

/** The slow version adds up every row for every boundary of every node. */
const MAX_ROWS = 60
const MAX_COLUMNS = 6
const MAX_TREES = 3

/** Holds trees of a forest of any task against those of the slow version. */
export function findForestDifference({ data }: FuzzCase, model: AnyModel): string | undefined {
  const isForest =
    model instanceof ForestModel || model instanceof ForestMulticlassModel || model instanceof ForestRegressionModel
  if (!isForest || data.table.nRows > MAX_ROWS || data.table.columns.length > MAX_COLUMNS) return undefined
  const { preparation, options, trees } = model.forest
  if (!isDeepStrictEqual(preparation, fitPreparation(data.table, options.maxBins))) {
    return 'has other bins than the slow version'
  }
  const job = jobOf(data, model, { preparation, options })
  const nClasses = job.nClasses ?? 1
  const grown = decodeTrees({ preparation, trees })
  if (grown.length !== options.nTrees * nClasses) return `has ${grown.length} trees, not ${options.nTrees * nClasses}`
  for (let tree = 0; tree < Math.min(MAX_TREES, options.nTrees); tree++) {
    const slow = slowTree({ ...job, tree })
    for (let k = 0; k < nClasses; k++) {
      const nodes = grown[k * options.nTrees + tree]
      const wanted = slow.map((node) => ofClass(node, k))
      if (isDeepStrictEqual(nodes, wanted)) continue
      return `tree ${tree} of class ${k} is ${JSON.stringify(nodes)}, by the slow version ${JSON.stringify(wanted)}`
    }
  }
  return undefined
}

/** A tree of several classes as one of them sees it. */
function ofClass(node: SlowNode, k: number): SlowNode {
  return node.kind === 'leaf' && Array.isArray(node.value) ? { ...node, value: node.value[k] } : node
}

function jobOf(
  { table, y, weights: given }: FuzzData,
  model: ForestModel | ForestMulticlassModel | ForestRegressionModel,
  { preparation, options }: { preparation: Preparation; options: FittedForestOptions },
): Omit<SlowJob, 'tree'> {
  const isRandom = model.algorithm === 'extra_trees'
  const bootstrap = isRandom ? (options.bootstrap ?? false) : true
  const weights = given?.some((weight) => weight !== given[0]) ? given : undefined
  const fixed = weights && !bootstrap ? new Float64Array(weights.length) : undefined
  const totalWeight = fixed ? fixWeights(weights!, fixed) : table.nRows
  const { maxFeatures, minSamplesLeaf, maxDepth, seed } = options
  return {
    rows: Array.from({ length: table.nRows }, (_, row) => slowBinsOf(preparation, table, row)),
    nBins: preparation.map(countBins),
    isCategory: preparation.map(({ kind }) => kind === 'category'),
    ...targetOf(y, model, totalWeight),
    ...(weights ? { weights: [...(fixed ?? weights)] } : {}),
    ...(isRandom ? { centres: preparation.map((bins) => (bins.kind === 'number' ? [...binCentres(bins)] : [])) } : {}),
    maxFeatures: maxFeatures === 'sqrt' ? Math.floor(Math.sqrt(preparation.length)) : maxFeatures,
    minSamplesLeaf,
    maxDepth,
    bootstrap,
    seed,
  }
}

/** Targets of regression are their distance from the base, as whole numbers of a unit. */
function targetOf(
  y: Float64Array,
  model: ForestModel | ForestMulticlassModel | ForestRegressionModel,
  totalWeight: number,
): Pick<SlowJob, 'target' | 'isRegression' | 'nClasses' | 'leafScale'> {
  if (model instanceof ForestMulticlassModel) return { target: [...y], nClasses: model.classes.length }
  if (!(model instanceof ForestRegressionModel)) return { target: [...y] }
  const target = new Float64Array(y.length)
  const { baseScore } = model.forest
  const leafScale = fixTargets(
    y.map((value) => value - baseScore),
    totalWeight,
    target,
  )
  return { target: [...target], leafScale, isRegression: true }
}
