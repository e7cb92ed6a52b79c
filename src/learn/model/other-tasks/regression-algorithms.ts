import { boostingRegressionAlgorithm } from '../../boosting/regression/algorithm.ts'

/** Every algorithm that foretells a number, by name. */
export const regressionAlgorithms = {
  gradient_boosting: boostingRegressionAlgorithm,
} as const
