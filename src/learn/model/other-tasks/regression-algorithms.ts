import { boostingRegressionAlgorithm } from '../../boosting/regression/algorithm.ts'
import { extraTreesRegressionAlgorithm, randomForestRegressionAlgorithm } from '../../forest/regression/algorithm.ts'

/** Every algorithm that foretells a number, by name. */
export const regressionAlgorithms = {
  gradient_boosting: boostingRegressionAlgorithm,
  random_forest: randomForestRegressionAlgorithm,
  extra_trees: extraTreesRegressionAlgorithm,
} as const
