import { AssayError } from '../../errors/index.ts'
import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { signatureOf } from '../trees/columns.ts'
import { forestCodec } from './codec.ts'
import { ForestModel } from './forest-model.ts'
import { resolveForestOptions, type ForestOptions } from './options.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

/** The random forest, as `trainModel` knows it. It takes no weights. */
export const randomForestAlgorithm: Algorithm<ForestOptions, ForestModel, AnyTrainingData> = {
  resolveOptions: resolveForestOptions,

  async train({ table, y, weights, target, positive }, options, hooks) {
    if (weights) throw new AssayError('WEIGHTS_UNSUPPORTED', { algorithm: 'random_forest' })
    if (!table) throw new AssayError('BINNED_UNSUPPORTED', { algorithm: 'random_forest' })
    const forest = await new RandomForestClassifier(options).fit(table, y, hooks)
    return new ForestModel(signatureOf(forest.preparation, target, positive), forest)
  },

  codec: forestCodec,
}
