import { AssayError } from '../../../errors/index.ts'
import { resolveOptions, type OptionRule } from '../../options.ts'
import { withOrderedMonotone } from '../monotone.ts'
import { boostingDefaults, boostingRules, type BoostingOptions } from '../options.ts'
import { regressionLosses, type RegressionLossName } from './losses.ts'

export type BoostingRegressionOptions = BoostingOptions & {
  /** What is lowered, and so what is foretold: the mean, of `absolute` the median. */
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
  const options = withOrderedMonotone(resolveOptions(given, defaults, rules))
  if (!options.monotone || options.loss !== 'absolute') return options
  const allowed = 'nothing for the loss absolute, whose leaves say medians'
  throw new AssayError('OPTION_INVALID', { option: 'monotone', given: JSON.stringify(options.monotone), allowed })
}
