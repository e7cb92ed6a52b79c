import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import type { Preparation } from '../preparation.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { binTable } from '../trees/binned-table.ts'
import { countTrainingRows, featuresOf, type TrainingRows } from '../trees/training-rows.ts'
import { joinTrees, type Trees } from '../trees/trees.ts'
import { checkLeafNumbers, numberLeaves, type ForestTree } from './forest-tree.ts'
import { layOut, type GrowthData } from './layout.ts'
import type { ForestOptions } from './options.ts'

/** How the trees of a forest differ from one another. */
export type ForestKind = {
  /** Each tree learns from rows drawn with replacement; else all learn from all rows. */
  bootstrap: boolean
  /** One threshold is drawn for each drawn feature; else the best is sought. */
  randomThresholds: boolean
}

/** What was grown. Of several classes: the share of each in each leaf, tree by tree and leaf by leaf; else no shares. */
export type GrownForest = { preparation: Preparation; trees: Trees; shares: Float32Array<ArrayBuffer> }

/** What a forest is grown from: rows, with their targets and weights. */
export type ForestData = { rows: TrainingRows } & Pick<GrowthData, 'target' | 'weights'>

/**
 * Grows the trees of a forest, and fits the preparation unless the rows come from a binned table. Rows and targets have been
 * checked; weights are above 0. Equal weights are as good as none. Of several classes
 * leaves say their number in their tree, in the order of its nodes.
 * @throws OPTION_INVALID when maxFeatures exceeds the features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when
 * the signal was aborted
 */
export async function growForest(
  { rows, target, weights }: ForestData,
  { nThreads, ...options }: ForestOptions,
  kind: ForestKind,
  hooks: TrainHooks,
): Promise<GrownForest> {
  const maxFeatures = featuresPerSplit(options.maxFeatures, featuresOf(rows).length)
  const { maxBins, minSamplesLeaf } = options
  if ('classes' in target) {
    checkLeafNumbers({ nRows: countTrainingRows(rows), nColumns: featuresOf(rows).length, minSamplesLeaf })
  }
  const binned = rows.table ? await binTable(rows.table, { maxBins, nThreads }, hooks) : rows.binned
  const differing = weights?.some((weight) => weight !== weights[0]) ? weights : undefined
  const data = { binned, rows: rows.rows, target, weights: differing }
  const input = layOut(data, { ...options, ...kind, maxFeatures, nThreads })
  const work = { module: new URL('./grow-task.ts', import.meta.url), input, nTasks: options.nTrees, nThreads }
  try {
    const { nClasses } = input.job
    const grown = await runTeam<ForestTree>(work, hooks)
    const trees = nClasses > 0 ? grown.map((tree) => numberLeaves(tree, nClasses)) : grown
    return { preparation: binned.preparation, trees: joinTrees(trees), shares: joinShares(trees) }
  } catch (cause) {
    if (hooks.signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
    throw cause
  }
}

function joinShares(trees: readonly ForestTree[]): Float32Array<ArrayBuffer> {
  const joined = new Float32Array(trees.reduce((sum, { shares }) => sum + shares.length, 0))
  let at = 0
  for (const { shares } of trees) {
    joined.set(shares, at)
    at += shares.length
  }
  return joined
}

function featuresPerSplit(maxFeatures: number | 'sqrt', nFeatures: number): number {
  if (maxFeatures === 'sqrt') return Math.floor(Math.sqrt(nFeatures))
  if (maxFeatures <= nFeatures) return maxFeatures
  const allowed = `at most ${nFeatures}, the number of features`
  throw new AssayError('OPTION_INVALID', { option: 'maxFeatures', given: maxFeatures, allowed })
}
