import { resolveOptions, seedRule, type OptionRule } from '../options.ts'

export type ForestOptions = {
  /** Number of trees. More cost time and bytes in proportion, never accuracy. */
  nTrees: number
  /** Features drawn for each split; 'sqrt' is the rounded-down square root of their number, at least 1. */
  maxFeatures: number | 'sqrt'
  /** Each leaf holds at least this many distinct training rows (not bootstrap weight). */
  minSamplesLeaf: number
  /** Longest path from root to leaf; null is unlimited. */
  maxDepth: number | null
  /** Bins of a column, without the one for missing values. */
  maxBins: number
  /** The same seed, table and options give the same bytes, whatever nThreads. */
  seed: number
  /** Threads to train with. Changes the time, never the result. */
  nThreads: number
}

const rules: Record<keyof ForestOptions, OptionRule> = {
  nTrees: { integer: [1, 100_000] },
  maxFeatures: { integer: [1, 65_535], constants: ['sqrt'] },
  minSamplesLeaf: { integer: [1, 2 ** 31] },
  maxDepth: { integer: [1, 2 ** 31], constants: [null] },
  maxBins: { integer: [2, 255] },
  seed: seedRule,
  nThreads: { integer: [1, 256] },
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function resolveForestOptions(given: Partial<ForestOptions>): ForestOptions {
  const defaults: ForestOptions = {
    nTrees: 200,
    maxFeatures: 'sqrt',
    minSamplesLeaf: 5,
    maxDepth: null,
    maxBins: 255,
    seed: 0,
    nThreads: navigator.hardwareConcurrency,
  }
  return resolveOptions(given, defaults, rules)
}

export type ExtraTreesOptions = ForestOptions & {
  /** Whether each tree learns from rows drawn with replacement; else all learn from all rows. */
  bootstrap: boolean
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function resolveExtraTreesOptions(given: Partial<ExtraTreesOptions>): ExtraTreesOptions {
  const { nThreads, ...defaults } = resolveForestOptions({})
  return resolveOptions(
    given,
    { ...defaults, bootstrap: false, nThreads },
    { ...rules, bootstrap: { constants: [true, false] } },
  )
}
