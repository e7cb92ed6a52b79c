import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import type { Preparation } from '../preparation.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { binTable } from '../trees/binned-table.ts'
import { featuresOf, type TrainingRows } from '../trees/training-rows.ts'
import { joinTrees, type GrownTree, type Trees } from '../trees/trees.ts'
import { treeOfClass, type ForestTree } from './forest-tree.ts'
import { layOut, type GrowthData } from './layout.ts'
import type { ForestOptions } from './options.ts'

/** How the trees of a forest differ from one another. */
export type ForestKind = {
  /** Each tree learns from rows drawn with replacement; else all learn from all rows. */
  bootstrap: boolean
  /** One threshold is drawn for each drawn feature; else the best is sought. */
  randomThresholds: boolean
}

/** What a forest is grown from: rows, with their targets and weights. */
export type ForestData = { rows: TrainingRows } & Pick<GrowthData, 'target' | 'weights'>

/**
 * Grows the trees of a forest, and fits the preparation unless the rows come from a binned table. Rows and targets have been
 * checked; weights are above 0. Equal weights are as good as none. Of several classes there are all trees once for each class, class
 * by class: they differ in what leaves say alone.
 * @throws OPTION_INVALID when maxFeatures exceeds the features; TABLE_TOO_LARGE when the memory would be; TRAINING_CANCELLED when
 * the signal was aborted
 */
export async function growForest(
  { rows, target, weights }: ForestData,
  { nThreads, ...options }: ForestOptions,
  kind: ForestKind,
  hooks: TrainHooks,
): Promise<{ preparation: Preparation; trees: Trees }> {
  const maxFeatures = featuresPerSplit(options.maxFeatures, featuresOf(rows).length)
  const { maxBins } = options
  const binned = rows.table ? await binTable(rows.table, { maxBins, nThreads }, hooks) : rows.binned
  const differing = weights?.some((weight) => weight !== weights[0]) ? weights : undefined
  const data = { binned, rows: rows.rows, target, weights: differing }
  const input = layOut(data, { ...options, ...kind, maxFeatures, nThreads })
  const work = { module: new URL('./grow-task.ts', import.meta.url), input, nTasks: options.nTrees, nThreads }
  try {
    return {
      preparation: binned.preparation,
      trees: joinTrees(byClass(await runTeam<ForestTree>(work, hooks), input.job.nClasses)),
    }
  } catch (cause) {
    if (hooks.signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
    throw cause
  }
}

/** With several classes all trees once for each, class by class; else the trees as they are. */
function byClass(grown: readonly ForestTree[], nClasses: number): readonly GrownTree[] {
  if (nClasses === 0) return grown
  return Array.from({ length: nClasses }, (_, k) => grown.map((tree) => treeOfClass(tree, k, nClasses))).flat()
}

function featuresPerSplit(maxFeatures: number | 'sqrt', nFeatures: number): number {
  if (maxFeatures === 'sqrt') return Math.floor(Math.sqrt(nFeatures))
  if (maxFeatures <= nFeatures) return maxFeatures
  const allowed = `at most ${nFeatures}, the number of features`
  throw new AssayError('OPTION_INVALID', { option: 'maxFeatures', given: maxFeatures, allowed })
}
