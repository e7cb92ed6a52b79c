import { AssayError } from '../../../errors/index.ts'
import { resolveBoostingOptions, type BoostingOptions } from '../options.ts'

/**
 * The options of two classes, but for monotone columns: probabilities of several classes cannot all rise.
 * @throws OPTION_INVALID, OPTION_UNKNOWN
 */
export function resolveMulticlassOptions(given: Partial<BoostingOptions>): BoostingOptions {
  const options = resolveBoostingOptions(given)
  if (!options.monotone) return options
  const allowed = 'nothing for several classes, whose probabilities cannot all rise'
  throw new AssayError('OPTION_INVALID', { option: 'monotone', given: JSON.stringify(options.monotone), allowed })
}
