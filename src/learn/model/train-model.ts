import { AssayError } from '../../errors/index.ts'
import type { TrainHooks } from '../train-hooks.ts'
import type { Algorithm, TrainingData } from './algorithm.ts'
import { algorithmNames, algorithms, type AlgorithmName, type AlgorithmOptions } from './algorithms.ts'
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
  if (!Object.hasOwn(algorithms, algorithm)) {
    throw new AssayError('ALGORITHM_UNKNOWN', { given: String(algorithm), known: algorithmNames.join(', ') })
  }
  // The type of TrainInput has bound options to their algorithm; here both are any of them.
  return (algorithms[algorithm] as Algorithm<object, Model>).train(data, options, hooks)
}
