import { sumOf } from './chi-square.ts'

export type KsTest = { statistic: number; pValue: number }

/**
 * Two-sample Kolmogorov-Smirnov test: the largest distance between the empirical distribution functions, with the asymptotic
 * p-value of Kolmogorov's distribution at sqrt(n m / (n + m)). Missing values are left out. O(n log n + m log m).
 */
export function ksTwoSample(first: Float64Array, second: Float64Array): KsTest {
  const a = first.filter((value) => !Number.isNaN(value)).sort()
  const b = second.filter((value) => !Number.isNaN(value)).sort()
  let statistic = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const value = Math.min(a[i], b[j])
    while (i < a.length && a[i] === value) i++
    while (j < b.length && b[j] === value) j++
    statistic = Math.max(statistic, Math.abs(i / a.length - j / b.length))
  }
  return { statistic, pValue: ksPValue(statistic, a.length, b.length) }
}

/** The same on counts over common ordered bins: a lower bound of the statistic on the values, tight for fine bins. */
export function ksFromCounts(a: ArrayLike<number>, b: ArrayLike<number>): KsTest {
  const [totalA, totalB] = [sumOf(a), sumOf(b)]
  let statistic = 0
  let [sumA, sumB] = [0, 0]
  for (let i = 0; i < a.length; i++) {
    sumA += a[i]
    sumB += b[i]
    statistic = Math.max(statistic, Math.abs(sumA / totalA - sumB / totalB))
  }
  return { statistic: statistic || 0, pValue: ksPValue(statistic, totalA, totalB) }
}

function ksPValue(statistic: number, n: number, m: number): number {
  if (n === 0 || m === 0) return 1
  return kolmogorovSurvival(Math.sqrt((n * m) / (n + m)) * statistic)
}

/** P(K > x) of Kolmogorov's distribution: 2 sum (-1)^(k-1) exp(-2 k^2 x^2), or its theta transform for small x. */
export function kolmogorovSurvival(x: number): number {
  if (!(x > 0)) return 1
  if (x < 1) {
    let sum = 0
    for (let k = 1; k <= 7; k += 2) sum += Math.exp((-k * k * Math.PI ** 2) / (8 * x * x))
    return Math.max(0, Math.min(1, 1 - (Math.sqrt(2 * Math.PI) / x) * sum))
  }
  let sum = 0
  for (let k = 1; k <= 10; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x)
  return Math.max(0, Math.min(1, 2 * sum))
}
