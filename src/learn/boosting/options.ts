import { monotoneRule, withOrderedMonotone, type Monotone } from './monotone.ts'
import { resolveOptions, seedRule, type OptionRule } from '../options.ts'

export type BoostingOptions = {
  /** Number of trees, each of which corrects those before it; with patience, the most. */
  nTrees: number
  /** What part of a tree's correction is taken. Half the rate wants about twice the trees. */
  learningRate: number
  /** Most leaves of a tree. */
  maxLeaves: number
  /** Longest path from root to leaf; null is unlimited. */
  maxDepth: number | null
  /** Each leaf holds at least about this many training rows: a side's rows are told from its share of the hessian. */
  minSamplesLeaf: number
  /** Each leaf holds at least this sum of hessians: p (1 - p) times the weight for a row of score p. */
  minHessian: number
  /** Leaf values shrink by this much gradient (L1). */
  l1: number
  /** Added to a leaf's hessian (L2). */
  l2: number
  /** A split is to lower the loss by more than half of this. */
  minGain: number
  /** Added to a level's hessian when the levels of a category are put in order. */
  categorySmoothing: number
  /** Added to l2 for splits of categories with more than 4 bins, and for leaves that such a split made. */
  categoryL2: number
  /** Share of the rows that each tree is grown from, drawn anew for each. */
  rowShare: number
  /** Share of the columns that each tree may split, drawn anew for each; at least one. */
  columnShare: number
  /** Ends training once so many trees have not lowered the loss of the rows held out; the trees after the best are dropped. */
  patience: number | null
  /** Share of the rows held out where there is patience, with the classes in proportion. No tree is grown from them. */
  holdOutShare: number
  /** Columns of numbers along which scores may only rise, or only fall, all else being equal; none where absent. */
  monotone?: Monotone
  /** Bins of a column, without the one for missing values. */
  maxBins: number
  /** The same seed, table and options give the same bytes, whatever nThreads. */
  seed: number
  /** Threads to train with. Changes the time, never the result. */
  nThreads: number
}

export const boostingRules: Record<keyof BoostingOptions, OptionRule> = {
  nTrees: { integer: [1, 100_000] },
  learningRate: { number: [1e-6, 1] },
  maxLeaves: { integer: [2, 4096] },
  maxDepth: { integer: [1, 2 ** 31], constants: [null] },
  minSamplesLeaf: { integer: [1, 2 ** 31] },
  minHessian: { number: [0, 1e9] },
  l1: { number: [0, 1e9] },
  l2: { number: [0, 1e9] },
  minGain: { number: [0, 1e9] },
  categorySmoothing: { number: [0, 1e9] },
  categoryL2: { number: [0, 1e9] },
  rowShare: { number: [0.001, 1] },
  columnShare: { number: [0.001, 1] },
  patience: { integer: [1, 100_000], constants: [null] },
  holdOutShare: { number: [0.001, 0.9] },
  monotone: monotoneRule,
  maxBins: { integer: [2, 255] },
  seed: seedRule,
  nThreads: { integer: [1, 256] },
}

/** What holds where nothing is given. */
export function boostingDefaults(): BoostingOptions {
  return {
    nTrees: 100,
    learningRate: 0.1,
    maxLeaves: 31,
    maxDepth: null,
    minSamplesLeaf: 20,
    minHessian: 1e-3,
    l1: 0,
    l2: 0,
    minGain: 0,
    categorySmoothing: 10,
    categoryL2: 10,
    rowShare: 1,
    columnShare: 1,
    patience: null,
    holdOutShare: 0.1,
    maxBins: 255,
    seed: 0,
    nThreads: navigator.hardwareConcurrency,
  }
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function resolveBoostingOptions(given: Partial<BoostingOptions>): BoostingOptions {
  return withOrderedMonotone(resolveOptions(given, boostingDefaults(), boostingRules))
}
