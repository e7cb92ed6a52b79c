import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { BinaryTreeModel } from '../trees/models/tree-model.ts'
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

  trainingBytes({ nRows, nColumns, hasWeights }, { maxLeaves, nThreads, patience, monotone }) {
    const has = { hasLabels: true, hasWeights, hasHeld: patience !== null, hasMonotone: monotone !== undefined }
    return bytesOfJob({ nRows, nFeatures: nColumns, maxLeaves, nThreads, nClasses: 1, ...has })
  },

  codec: boostingCodec,
  takesBinned: true,
}
