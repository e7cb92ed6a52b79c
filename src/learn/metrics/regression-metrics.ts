import { gammaDevianceLoss, poissonDevianceLoss } from './deviance.ts'
import { giniScore } from './gini-score.ts'
import { meanAbsoluteError, r2Score, rootMeanSquaredError } from './regression-errors.ts'

/** What is known of a metric of numbers: how to compute it, how to read it. */
export type RegressionMetricEntry = {
  title: string
  betterIs: 'higher' | 'lower'
  unit: string
  fn: (y: Float64Array, predicted: Float64Array, weights?: Float64Array) => number
}

/** The metrics of numbers without further settings, by the name they have in runs and reports. */
export const regressionMetrics = {
  rootMeanSquaredError: {
    title: 'Root mean squared error',
    betterIs: 'lower',
    unit: 'of the target',
    fn: rootMeanSquaredError,
  },
  meanAbsoluteError: { title: 'Mean absolute error', betterIs: 'lower', unit: 'of the target', fn: meanAbsoluteError },
  r2: { title: 'R²', betterIs: 'higher', unit: 'share of variance', fn: r2Score },
  poissonDeviance: { title: 'Poisson deviance', betterIs: 'lower', unit: 'nats', fn: poissonDevianceLoss },
  gammaDeviance: { title: 'Gamma deviance', betterIs: 'lower', unit: 'nats', fn: gammaDevianceLoss },
  gini: { title: 'Gini, normalised', betterIs: 'higher', unit: 'share of the best order', fn: giniScore },
} as const satisfies Record<string, RegressionMetricEntry>

export type RegressionMetricName = keyof typeof regressionMetrics
