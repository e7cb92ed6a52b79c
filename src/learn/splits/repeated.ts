import { checkOption, seedRule } from '../options.ts'
import { createRandom } from '../random.ts'
import { stratifiedKFold } from './stratified.ts'

/**
 * Stratified folds drawn several times over: the spread of their scores holds the luck of the draw, which that of a
 * single draw does not (Kohavi 1995). Deterministic in its arguments.
 * @returns the fold of each row, once for each repetition
 * @throws as `stratifiedKFold`; OPTION_INVALID for nRepeats outside 1 to 1,000
 */
export function repeatedStratifiedKFold(
  y: Uint8Array,
  { nFolds, nRepeats, seed }: { nFolds: number; nRepeats: number; seed: number },
): Uint8Array[] {
  checkOption('nRepeats', nRepeats, { integer: [1, 1_000] })
  checkOption('seed', seed, seedRule)
  const seeds = createRandom(seed, 900)
  return Array.from({ length: nRepeats }, () => stratifiedKFold(y, nFolds, seeds.below(2 ** 32)))
}
