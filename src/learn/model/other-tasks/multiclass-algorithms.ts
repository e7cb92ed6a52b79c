import { boostingMulticlassAlgorithm } from '../../boosting/multiclass/algorithm.ts'
import { extraTreesMulticlassAlgorithm, randomForestMulticlassAlgorithm } from '../../forest/multiclass/algorithm.ts'

/** Every algorithm that tells several classes apart, by name. */
export const multiclassAlgorithms = {
  gradient_boosting: boostingMulticlassAlgorithm,
  random_forest: randomForestMulticlassAlgorithm,
  extra_trees: extraTreesMulticlassAlgorithm,
} as const
