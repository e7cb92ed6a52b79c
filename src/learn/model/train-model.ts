import type { TrainHooks } from '../train-hooks.ts'
import { findAlgorithm, type Algorithm, type TrainingData } from './algorithm.ts'
import { algorithms, type AlgorithmName, type AlgorithmOptions } from './algorithms.ts'
import type { Model } from './model.ts'

/** Rows, an algorithm, and options that this algorithm takes. */
export type TrainInput = {
  [Name in AlgorithmName]: TrainingData & { algorithm: Name; options?: Partial<AlgorithmOptions<Name>> }
}[AlgorithmName]

/**
 * Fits preparation and estimator on these rows.
 * @throws ALGORITHM_UNKNOWN, OPTION_INVALID, OPTION_UNKNOWN, what `checkTrainingData` throws, WEIGHTS_UNSUPPORTED, and
 * TRAINING_CANCELLED when the signal was aborted
 */
export async function trainModel(input: TrainInput, hooks: TrainHooks = {}): Promise<Model> {
  const { algorithm, options = {}, ...data } = input
  // The type of TrainInput has bound options to their algorithm; here both are any of them.
  return (findAlgorithm(algorithms, algorithm) as Algorithm<object, Model>).train(data, options, hooks)
}
