import { gradientBoostingAlgorithm } from '../boosting/algorithm.ts'
import { extraTreesAlgorithm, randomForestAlgorithm } from '../forest/algorithm.ts'
import { logisticRegressionAlgorithm } from '../linear/algorithm.ts'
import type { OptionsOf } from './algorithm.ts'

/** Every algorithm, by the name it has in projects, runs, model versions and artifacts. */
export const algorithms = {
  random_forest: randomForestAlgorithm,
  logistic_regression: logisticRegressionAlgorithm,
  gradient_boosting: gradientBoostingAlgorithm,
  extra_trees: extraTreesAlgorithm,
} as const

export type AlgorithmName = keyof typeof algorithms

export const algorithmNames = Object.keys(algorithms) as AlgorithmName[]

/** The options an algorithm takes. */
export type AlgorithmOptions<Name extends AlgorithmName> = OptionsOf<(typeof algorithms)[Name]>
