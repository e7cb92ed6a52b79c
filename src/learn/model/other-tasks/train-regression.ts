import type { TrainHooks } from '../../train-hooks.ts'
import { findAlgorithm, type Algorithm, type OptionsOf } from '../algorithm.ts'
import { regressionAlgorithms } from './regression-algorithms.ts'
import type { RegressionModel } from './regression-model.ts'
import type { RegressionData } from './training-data.ts'

type Algorithms = typeof regressionAlgorithms

/** Rows, an algorithm, and options that this algorithm takes. */
export type RegressionInput = {
  [Name in keyof Algorithms]: RegressionData & { algorithm: Name; options?: Partial<OptionsOf<Algorithms[Name]>> }
}[keyof Algorithms]

/**
 * Fits the estimator of a number on these rows, and the preparation, unless they come from a binned table.
 * @throws ALGORITHM_UNKNOWN, OPTION_INVALID, OPTION_UNKNOWN, what `checkTrainingRows` and `checkWeights` throw,
 * TARGETS_INVALID, and TRAINING_CANCELLED when the signal was aborted
 */
export async function trainRegression(input: RegressionInput, hooks: TrainHooks = {}): Promise<RegressionModel> {
  const { algorithm, options = {}, ...data } = input
  const found: Algorithm<object, RegressionModel, RegressionData> = findAlgorithm(regressionAlgorithms, algorithm)
  return found.train(data, options, hooks)
}
