import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { bytesOfRowList } from '../trees/gather-bins.ts'
import { BinaryTreeModel } from '../trees/models/tree-model.ts'
import { bytesOfTrees } from '../trees/trees.ts'
import type { BoostedTrees } from './boosted-trees.ts'
import { boostingCodec } from './codec.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import { bytesOfJob } from './layout.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'

/** Gradient boosting, as `trainModel` knows it. */
export const gradientBoostingAlgorithm: Algorithm<BoostingOptions, BinaryTreeModel<BoostedTrees>, AnyTrainingData> = {
  resolveOptions: resolveBoostingOptions,

  async train({ target, positive, ...data }, options, hooks) {
    const boosted = await new GradientBoostingClassifier(options).fit(data, hooks)
    return new BinaryTreeModel('gradient_boosting', { target, positive }, boosted)
  },

  trainingBytes({ nRows, columns, hasWeights, isBinned }, { nTrees, maxLeaves, nThreads, patience, monotone }) {
    const has = { hasLabels: true, hasWeights, hasHeld: patience !== null, hasMonotone: monotone !== undefined }
    const job = bytesOfJob({ nRows, nFeatures: columns.length, maxLeaves, nThreads, nClasses: 1, ...has })
    const nLeaves = Math.min(maxLeaves, nRows)
    return job + (isBinned ? bytesOfRowList(nRows) : 0) + bytesOfTrees(nTrees, nLeaves, columns)
  },

  codec: boostingCodec,
  takesBinned: true,
}
