import {
  gammaDevianceLoss,
  meanAbsoluteError,
  poissonDevianceLoss,
  rootMeanSquaredError,
  tweedieDevianceLoss,
} from '../../metrics/index.ts'
import type { RegressionModel } from '../../model/other-tasks/regression-model.ts'
import { fittedTreesOf } from '../../trees/models/tree-model.ts'
import { BoostedRegression } from './boosted-regression.ts'
import type { RegressionLossName } from './losses.ts'

/** Of numbers that came and numbers foretold, both of shape (n,); lower is better. */
export type NumberLoss = (y: Float64Array, predicted: Float64Array) => number

/** The metric of what each loss lowers. */
const metrics: Record<RegressionLossName, (tweediePower: number) => NumberLoss> = {
  squared: () => rootMeanSquaredError,
  absolute: () => meanAbsoluteError,
  poisson: () => poissonDevianceLoss,
  gamma: () => gammaDevianceLoss,
  tweedie: (power) => (y, predicted) => tweedieDevianceLoss(y, predicted, power),
}

/**
 * The metric that a model of a number was trained to lower: the mean absolute error or a deviance where boosting had such a loss, else
 * the root of the mean squared error.
 */
export function trainingLossOf(model: RegressionModel): NumberLoss {
  const fitted = fittedTreesOf(model)
  if (!(fitted instanceof BoostedRegression)) return rootMeanSquaredError
  const { loss, tweediePower } = fitted.options
  return metrics[loss](tweediePower)
}
