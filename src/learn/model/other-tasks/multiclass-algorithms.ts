import { boostingMulticlassAlgorithm } from '../../boosting/multiclass/algorithm.ts'

/** Every algorithm that tells several classes apart, by name. */
export const multiclassAlgorithms = {
  gradient_boosting: boostingMulticlassAlgorithm,
} as const
