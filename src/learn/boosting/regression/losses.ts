import { anyNumber, type TargetRule } from '../../targets/check-targets.ts'
import type { Objective } from '../objective.ts'

/** One loss of a number: what it can take, where it begins, and how the sum that the kernels leave becomes a metric. */
export type RegressionLoss = TargetRule & {
  /** Whether a raw score is the logarithm of what is foretold; else it is that itself, less the base score. */
  isLog: boolean
  metric: string
  /** What the kernels sum of a row, times this, plus the row's constant, is the metric's term of the row. */
  factor: number
  constantOf(y: number, power: number): number
  /** How the kernels know it. */
  kernel(power: number): Pick<Objective, 'loss' | 'power' | 'hessianFactor'>
}

/** Hessians of the Poisson loss are taken this much further on, which keeps steps small (LightGBM, poisson_max_delta_step). */
const POISSON_STEP = Math.exp(0.7)

const poisson: RegressionLoss = {
  isLog: true,
  least: { value: 0, isAllowed: true },
  metric: 'poissonDeviance',
  factor: 2,
  constantOf: (y) => (y > 0 ? 2 * (y * Math.log(y) - y) : 0),
  kernel: () => ({ loss: 'poisson', hessianFactor: POISSON_STEP }),
}

const gamma: RegressionLoss = {
  isLog: true,
  least: { value: 0, isAllowed: false },
  metric: 'gammaDeviance',
  factor: 2,
  constantOf: (y) => -2 * (1 + Math.log(y)),
  kernel: () => ({ loss: 'gamma' }),
}

/** Every loss of a number, by name. Deviances are those of scikit-learn's metrics: twice the log-likelihood that is missing. */
export const regressionLosses = {
  squared: {
    ...anyNumber,
    metric: 'squaredError',
    factor: 1,
    constantOf: () => 0,
    kernel: () => ({ loss: 'squared' }),
  },
  absolute: {
    ...anyNumber,
    metric: 'absoluteError',
    factor: 1,
    constantOf: () => 0,
    kernel: () => ({ loss: 'absolute' }),
  },
  poisson,
  gamma,
  tweedie: {
    isLog: true,
    least: { value: 0, isAllowed: true },
    metric: 'tweedieDeviance',
    factor: 2,
    constantOf: (y, power) => {
      if (power === 1) return poisson.constantOf(y, power)
      if (power === 2) return gamma.constantOf(y, power)
      return (2 * y ** (2 - power)) / ((1 - power) * (2 - power))
    },
    kernel: (power) => {
      if (power === 1) return { loss: 'poisson' }
      return power === 2 ? { loss: 'gamma' } : { loss: 'tweedie', power }
    },
  },
} as const satisfies Record<string, RegressionLoss>

export type RegressionLossName = keyof typeof regressionLosses
