import { rocAucScore, rocAucVariance, wilsonBounds, type CountedMetric } from '../learn/index.ts'
import { quantileSorted } from './bins.ts'
import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'
import { createRandom } from './random.ts'

/**
 * ROC-AUC with DeLong's interval, on the logit scale so that it stays within 0 and 1.
 * Source: DeLong et al. (1988), Biometrics 44; midranks as in Sun & Xu (2014), IEEE SPL 21. O(n log n).
 * @returns NaN throughout with one class
 */
export function aucInterval(y: Uint8Array, score: Float64Array, level = 0.95): Interval {
  const estimate = rocAucScore(y, score)
  const variance = rocAucVariance(y, score)
  if (Number.isNaN(variance)) return { estimate: NaN, lower: NaN, upper: NaN, level }
  const z = normalQuantile(0.5 + level / 2)
  if (estimate <= 0 || estimate >= 1 || variance === 0) return { estimate, lower: estimate, upper: estimate, level }
  const logit = Math.log(estimate / (1 - estimate))
  const half = (z * Math.sqrt(variance)) / (estimate * (1 - estimate))
  return { estimate, lower: 1 / (1 + Math.exp(half - logit)), upper: 1 / (1 + Math.exp(-half - logit)), level }
}

/** Wilson's score interval of a share, see `wilsonBounds`. NaN for n = 0. */
export function proportionInterval(successes: number, n: number, level = 0.95): Interval {
  if (n === 0) return { estimate: NaN, lower: NaN, upper: NaN, level }
  const [lower, upper] = wilsonBounds(successes, n, normalQuantile(0.5 + level / 2))
  return { estimate: successes / n, lower, upper, level }
}

export type BootstrapOptions = { nResamples: number; seed: number; level?: number }

/**
 * Percentile bootstrap of a counted metric over n rows: what is costly (sorting) is done once, a resample costs O(n).
 * Resamples in which the metric is not defined are left out.
 */
export function bootstrapInterval(metric: CountedMetric, n: number, options: BootstrapOptions): Interval {
  const estimate = metric(new Int32Array(n).fill(1))
  return { estimate, ...percentiles(n, metric, options) }
}

/**
 * The difference of a metric between two models on the same rows, resampled together.
 * @returns interval of metric(second) - metric(first)
 */
export function pairedBootstrap(
  first: CountedMetric,
  second: CountedMetric,
  n: number,
  options: BootstrapOptions,
): Interval {
  return bootstrapInterval((counts) => second(counts) - first(counts), n, options)
}

function percentiles(n: number, metric: CountedMetric, { nResamples, seed, level = 0.95 }: BootstrapOptions) {
  const random = createRandom(seed)
  const counts = new Int32Array(n)
  const values: number[] = []
  for (let k = 0; k < nResamples; k++) {
    counts.fill(0)
    for (let i = 0; i < n; i++) counts[Math.floor(random() * n)]++
    const value = metric(counts)
    if (!Number.isNaN(value)) values.push(value)
  }
  const sorted = Float64Array.from(values).sort()
  return { lower: quantileSorted(sorted, (1 - level) / 2), upper: quantileSorted(sorted, (1 + level) / 2), level }
}
