import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { signatureOf } from '../trees/columns.ts'
import { BoostingModel } from './boosting-model.ts'
import { boostingCodec } from './codec.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import { bytesOfJob } from './layout.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'

/** Gradient boosting, as `trainModel` knows it. */
export const gradientBoostingAlgorithm: Algorithm<BoostingOptions, BoostingModel, AnyTrainingData> = {
  resolveOptions: resolveBoostingOptions,

  async train({ target, positive, ...data }, options, hooks) {
    const boosted = await new GradientBoostingClassifier(options).fit(data, hooks)
    return new BoostingModel(signatureOf(boosted.preparation, target, positive), boosted)
  },

  trainingBytes({ nRows, nColumns, hasWeights }, { maxLeaves, nThreads, patience, monotone }) {
    const has = { hasLabels: true, hasWeights, hasHeld: patience !== null, hasMonotone: monotone !== undefined }
    return bytesOfJob({ nRows, nFeatures: nColumns, maxLeaves, nThreads, nClasses: 1, ...has })
  },

  codec: boostingCodec,
  takesBinned: true,
}
