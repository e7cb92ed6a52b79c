import type { Algorithm } from '../model/algorithm.ts'
import { linearCodec } from './codec.ts'
import { LinearModel } from './linear-model.ts'
import { LogisticRegression } from './logistic-regression.ts'
import { resolveLogisticOptions, type LogisticRegressionOptions } from './options.ts'
import { linearSignature } from './signature.ts'

/** Logistic regression, as `trainModel` knows it. */
export const logisticRegressionAlgorithm: Algorithm<LogisticRegressionOptions, LinearModel> = {
  resolveOptions: resolveLogisticOptions,

  async train({ table, y, weights, target, positive }, options, hooks) {
    const regression = new LogisticRegression(options)
    const fit = await regression.fit(table, y, weights, hooks)
    return new LinearModel(linearSignature(fit.preparation, target, positive), regression.options, fit)
  },

  codec: linearCodec,
}
