import type { Algorithm, AnyTrainingData } from '../model/algorithm.ts'
import { signatureOf } from '../trees/columns.ts'
import { extraTreesCodec, randomForestCodec } from './codec.ts'
import { ExtraTreesClassifier } from './extra-trees-classifier.ts'
import { ForestModel } from './forest-model.ts'
import { mostBytesOfForest } from './layout.ts'
import {
  resolveExtraTreesOptions,
  resolveForestOptions,
  type ExtraTreesOptions,
  type ForestOptions,
} from './options.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

/** The random forest, as `trainModel` knows it. */
export const randomForestAlgorithm: Algorithm<ForestOptions, ForestModel, AnyTrainingData> = {
  resolveOptions: resolveForestOptions,

  async train({ target, positive, ...rows }, options, hooks) {
    const forest = await new RandomForestClassifier(options).fit(rows, hooks)
    return new ForestModel('random_forest', signatureOf(forest.preparation, target, positive), forest)
  },

  takesBinned: true,
  trainingBytes: (shape, options) => mostBytesOfForest(shape, { ...options, bootstrap: true, randomThresholds: false }),

  codec: randomForestCodec,
}

/** Extremely randomised trees, as `trainModel` knows them. */
export const extraTreesAlgorithm: Algorithm<ExtraTreesOptions, ForestModel, AnyTrainingData> = {
  resolveOptions: resolveExtraTreesOptions,

  async train({ target, positive, ...rows }, options, hooks) {
    const forest = await new ExtraTreesClassifier(options).fit(rows, hooks)
    return new ForestModel('extra_trees', signatureOf(forest.preparation, target, positive), forest)
  },

  takesBinned: true,
  trainingBytes: (shape, options) => mostBytesOfForest(shape, { ...options, randomThresholds: true }),

  codec: extraTreesCodec,
}
