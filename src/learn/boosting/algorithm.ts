import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { signatureOf } from '../trees/columns.ts'
import { BoostingModel } from './boosting-model.ts'
import { boostingCodec } from './codec.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'

/** Gradient boosting, as `trainModel` knows it. */
export const gradientBoostingAlgorithm: Algorithm<BoostingOptions, BoostingModel, AnyTrainingData> = {
  resolveOptions: resolveBoostingOptions,

  async train({ target, positive, ...data }, options, hooks) {
    const boosted = await new GradientBoostingClassifier(options).fit(data, hooks)
    return new BoostingModel(signatureOf(boosted.preparation, target, positive), boosted)
  },

  codec: boostingCodec,
  takesBinned: true,
}
