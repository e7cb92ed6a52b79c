import { AssayError } from '../../errors/index.ts'
import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { linearCodec } from './codec.ts'
import { LinearModel } from './linear-model.ts'
import { LogisticRegression } from './logistic-regression.ts'
import { resolveLogisticOptions, type LogisticRegressionOptions } from './options.ts'
import { linearSignature } from './signature.ts'
import { bytesOfLogisticFit } from './training-bytes.ts'

/** Logistic regression, as `trainModel` knows it. */
export const logisticRegressionAlgorithm: Algorithm<LogisticRegressionOptions, LinearModel, AnyTrainingData> = {
  resolveOptions: resolveLogisticOptions,

  async train({ table, y, weights, target, positive }, options, hooks) {
    if (!table) throw new AssayError('BINNED_UNSUPPORTED', { algorithm: 'logistic_regression' })
    const regression = new LogisticRegression(options)
    const fit = await regression.fit(table, y, weights, hooks)
    return new LinearModel(linearSignature(fit.preparation, target, positive), regression.options, fit)
  },

  trainingBytes: bytesOfLogisticFit,

  codec: linearCodec,
}
