import type { AnyTrainingData } from '../model/algorithm.ts'
import { BinaryTreeModel } from '../trees/models/tree-model.ts'
import { extraTreesCodec, randomForestCodec } from './codec.ts'
import { ExtraTreesClassifier } from './extra-trees-classifier.ts'
import { createForestAlgorithm } from './forest-algorithm.ts'
import { mostBytesOfForest } from './layout.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

/** The random forest, as `trainModel` knows it. */
export const randomForestAlgorithm = createForestAlgorithm('random_forest', {
  async train({ target, positive, ...rows }: AnyTrainingData, options, hooks) {
    const forest = await new RandomForestClassifier(options).fit(rows, hooks)
    return new BinaryTreeModel('random_forest', { target, positive }, forest)
  },

  trainingBytes: (shape, options) => mostBytesOfForest(shape, { ...options, bootstrap: true, randomThresholds: false }),
  codec: randomForestCodec,
})

/** Extremely randomised trees, as `trainModel` knows them. */
export const extraTreesAlgorithm = createForestAlgorithm('extra_trees', {
  async train({ target, positive, ...rows }: AnyTrainingData, options, hooks) {
    const forest = await new ExtraTreesClassifier(options).fit(rows, hooks)
    return new BinaryTreeModel('extra_trees', { target, positive }, forest)
  },

  trainingBytes: (shape, options) => mostBytesOfForest(shape, { ...options, randomThresholds: true }),
  codec: extraTreesCodec,
})
