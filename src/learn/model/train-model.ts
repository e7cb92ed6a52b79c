import type { TrainHooks } from '../train-hooks.ts'
import { findAlgorithm, type Algorithm, type AnyTrainingData } from './algorithm.ts'
import { algorithms, type AlgorithmName, type AlgorithmOptions } from './algorithms.ts'
import type { Model } from './model.ts'

/** Rows, an algorithm, and options that this algorithm takes. */
export type TrainInput = {
  [Name in AlgorithmName]: AnyTrainingData & { algorithm: Name; options?: Partial<AlgorithmOptions<Name>> }
}[AlgorithmName]

/**
 * Fits the estimator on these rows, and the preparation, unless they come from a binned table.
 * @throws ALGORITHM_UNKNOWN, OPTION_INVALID, OPTION_UNKNOWN, what `checkTrainingData`, `checkTrainingRows` and `checkWeights`
 * throw, BINNED_UNSUPPORTED, and TRAINING_CANCELLED when the signal was aborted
 */
export async function trainModel(input: TrainInput, hooks: TrainHooks = {}): Promise<Model> {
  const { algorithm, options = {}, ...data } = input
  // The type of TrainInput has bound options to their algorithm; here both are any of them.
  return (findAlgorithm(algorithms, algorithm) as Algorithm<object, Model, AnyTrainingData>).train(data, options, hooks)
}
