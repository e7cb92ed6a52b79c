import { resolveOptions, type OptionRule } from '../../options.ts'
import { withOrderedMonotone } from '../monotone.ts'
import { boostingDefaults, boostingRules, type BoostingOptions } from '../options.ts'
import { regressionLosses, type RegressionLossName } from './losses.ts'

export type BoostingRegressionOptions = BoostingOptions & {
  /** What is lowered. */
  loss: RegressionLossName
  /** Of the Tweedie loss: 1 is Poisson, 2 is gamma, between them zeros and positive amounts mix. */
  tweediePower: number
}

/** Options that decide what the trees are; the number of threads does not. */
export type FittedRegressionOptions = Omit<BoostingRegressionOptions, 'nThreads'>

const rules: Record<keyof BoostingRegressionOptions, OptionRule> = {
  ...boostingRules,
  loss: { constants: Object.keys(regressionLosses) },
  tweediePower: { number: [1, 2] },
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function resolveRegressionOptions(given: Partial<BoostingRegressionOptions>): BoostingRegressionOptions {
  const defaults: BoostingRegressionOptions = { ...boostingDefaults(), loss: 'squared', tweediePower: 1.5 }
  return withOrderedMonotone(resolveOptions(given, defaults, rules))
}
