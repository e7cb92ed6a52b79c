import { resolveOptions, type OptionRule } from '../options.ts'

export type LogisticRegressionOptions = {
  /** Inverse strength of the penalty, as in scikit-learn: smaller is stricter. Counts against the sum of losses. */
  c: number
  /** Part of the penalty that is L1, which sets coefficients to 0; the rest is L2. */
  l1Ratio: number
  /** 'balanced' weighs each class as if both had half of the rows; scores are then no rates of the data. */
  classWeight: 'none' | 'balanced'
  /** Training ends when every slope of the mean loss, in units of its column's curvature, is at most this. */
  tolerance: number
  maxIterations: number
  /** Levels of a category with a coefficient of their own; the others share one. */
  maxLevels: number
  /** A level seen in fewer training rows (or less weight) shares the coefficient of the others. */
  minLevelRows: number
  /** Numbers are clipped at this quantile and at 1 minus it; 0 clips nothing. */
  clipQuantile: number
}

const defaults: LogisticRegressionOptions = {
  c: 1,
  l1Ratio: 0,
  classWeight: 'none',
  tolerance: 1e-5,
  maxIterations: 500,
  maxLevels: 200,
  minLevelRows: 5,
  clipQuantile: 0,
}

const rules: Record<keyof LogisticRegressionOptions, OptionRule> = {
  c: { number: [1e-10, 1e10] },
  l1Ratio: { number: [0, 1] },
  classWeight: { constants: ['none', 'balanced'] },
  tolerance: { number: [1e-12, 1] },
  maxIterations: { integer: [1, 100_000] },
  maxLevels: { integer: [1, 10_000] },
  minLevelRows: { number: [0, 1e9] },
  clipQuantile: { number: [0, 0.49] },
}

/** @throws OPTION_INVALID, OPTION_UNKNOWN */
export function resolveLogisticOptions(given: Partial<LogisticRegressionOptions>): LogisticRegressionOptions {
  return resolveOptions(given, defaults, rules)
}
