import { groupKFold, splitsOfFolds, stratifiedKFold, timeFolds, type Split } from '../../../learn/index.ts'
import type { ResolvedProject } from '../../project/index.ts'
import type { SplitSet } from '../learning-set.ts'
import { pick } from './fit.ts'
import { readFolds } from './read-folds.ts'

/**
 * What an algorithm is judged by, in rows of the learning set. Given folds cover all rows; otherwise the training rows are split, by
 * time, by group or at random with the classes in proportion, so that the hold-out stays unseen.
 */
export async function makeFolds(project: ResolvedProject, set: SplitSet): Promise<Split[]> {
  if (project.foldsPath) return splitsOfFolds(await readFolds(project.foldsPath, set.rowNumbers))
  const { nFolds, seed, split } = project.training
  const y = pick(set.y, set.train)
  return splitsOfTraining().map(({ train, test }) => ({ train: rowsOf(train), test: rowsOf(test) }))

  function splitsOfTraining(): Split[] {
    if (split === 'time')
      return timeFolds(
        Float64Array.from(set.train, (row) => set.time![row]),
        { nFolds },
      )
    const { group } = set
    if (!group) return splitsOfFolds(stratifiedKFold(y, nFolds, seed))
    const groups = set.train.map((row) => group[row])
    return splitsOfFolds(groupKFold(groups, y, nFolds, seed))
  }

  function rowsOf(places: Int32Array): Int32Array {
    return places.map((place) => set.train[place])
  }
}
