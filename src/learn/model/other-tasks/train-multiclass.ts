import type { TrainHooks } from '../../train-hooks.ts'
import { findAlgorithm, type Algorithm, type OptionsOf } from '../algorithm.ts'
import { multiclassAlgorithms } from './multiclass-algorithms.ts'
import type { MulticlassModel } from './multiclass-model.ts'
import type { MulticlassData } from './training-data.ts'

type Algorithms = typeof multiclassAlgorithms

/** Rows, an algorithm, and options that this algorithm takes. */
export type MulticlassInput = {
  [Name in keyof Algorithms]: MulticlassData & { algorithm: Name; options?: Partial<OptionsOf<Algorithms[Name]>> }
}[keyof Algorithms]

/**
 * Fits the estimator of one of several classes on these rows, and the preparation, unless they come from a binned table.
 * @throws ALGORITHM_UNKNOWN, OPTION_INVALID, OPTION_UNKNOWN, what `checkTrainingRows` and `checkWeights` throw,
 * CLASSES_INVALID, and TRAINING_CANCELLED when the signal was aborted
 */
export async function trainMulticlass(input: MulticlassInput, hooks: TrainHooks = {}): Promise<MulticlassModel> {
  const { algorithm, options = {}, ...data } = input
  const found: Algorithm<object, MulticlassModel, MulticlassData> = findAlgorithm(multiclassAlgorithms, algorithm)
  return found.train(data, options, hooks)
}
