import { isDeepStrictEqual } from 'node:util'
import { countBins, type AnyModel } from '../../src/learn/index.ts'
import { fitPreparation } from '../../src/learn/preparation.ts'
import { binCentres } from '../../src/learn/forest/bin-centres.ts'
import { fixTargets, fixWeights } from '../../src/learn/forest/fixed-point.ts'
import { Forest } from '../../src/learn/forest/forest.ts'
import { ForestClasses } from '../../src/learn/forest/multiclass/forest-classes.ts'
import { ForestRegression } from '../../src/learn/forest/regression/forest-regression.ts'
import { decodeTrees } from '../../src/learn/testing/decode-trees.ts'
import { slowBinsOf } from '../../src/learn/testing/slow-forest.ts'
import { slowTree, type SlowJob, type SlowNode } from '../../src/learn/testing/slow-growth.ts'
import { fittedTreesOf } from '../../src/learn/trees/models/tree-model.ts'
import type { FuzzCase, FuzzData } from './fuzz-case.ts'

/** The slow version adds up every row for every boundary of every node. */
const MAX_ROWS = 60
const MAX_COLUMNS = 6
const MAX_TREES = 3

type AnyForest = Forest | ForestClasses | ForestRegression

/** Holds trees of a forest of any task against those of the slow version. */
export function findForestDifference({ data }: FuzzCase, model: AnyModel): string | undefined {
  const forest = fittedTreesOf(model)
  const isForest = forest instanceof Forest || forest instanceof ForestClasses || forest instanceof ForestRegression
  if (!isForest || data.table.nRows > MAX_ROWS || data.table.columns.length > MAX_COLUMNS) return undefined
  const { preparation, options } = forest
  if (!isDeepStrictEqual(preparation, fitPreparation(data.table, options.maxBins))) {
    return 'has other bins than the slow version'
  }
  const job = jobOf(data, forest, model.algorithm === 'extra_trees')
  const nClasses = job.nClasses ?? 1
  const grown = Array.from({ length: nClasses }, (_, k) => decodeTrees({ preparation, trees: forest.treesOf(k) }))
  if (grown[0].length !== options.nTrees) return `has ${grown[0].length} trees, not ${options.nTrees}`
  for (let tree = 0; tree < Math.min(MAX_TREES, options.nTrees); tree++) {
    const slow = slowTree({ ...job, tree })
    for (let k = 0; k < nClasses; k++) {
      const nodes = grown[k][tree]
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

function jobOf({ table, y, weights: given }: FuzzData, forest: AnyForest, isRandom: boolean): Omit<SlowJob, 'tree'> {
  const { preparation, options } = forest
  const bootstrap = isRandom ? (options.bootstrap ?? false) : true
  const weights = given?.some((weight) => weight !== given[0]) ? given : undefined
  const fixed = weights && !bootstrap ? new Float64Array(weights.length) : undefined
  const totalWeight = fixed ? fixWeights(weights!, fixed) : table.nRows
  const { maxFeatures, minSamplesLeaf, maxDepth, seed } = options
  return {
    rows: Array.from({ length: table.nRows }, (_, row) => slowBinsOf(preparation, table, row)),
    nBins: preparation.map(countBins),
    isCategory: preparation.map(({ kind }) => kind === 'category'),
    ...targetOf(y, forest, totalWeight),
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
  forest: AnyForest,
  totalWeight: number,
): Pick<SlowJob, 'target' | 'isRegression' | 'nClasses' | 'leafScale'> {
  if (forest instanceof ForestClasses) return { target: [...y], nClasses: forest.nClasses }
  if (!(forest instanceof ForestRegression)) return { target: [...y] }
  const target = new Float64Array(y.length)
  const { baseScore } = forest
  const leafScale = fixTargets(
    y.map((value) => value - baseScore),
    totalWeight,
    target,
  )
  return { target: [...target], leafScale, isRegression: true }
}
