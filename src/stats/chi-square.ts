/**
 * Survival function of the chi-square distribution: P(X > x) with `df` degrees of freedom, as the regularised upper incomplete
 * gamma function Q(df/2, x/2). Source: Press et al., Numerical Recipes 3rd ed., 6.2 (series and continued fraction).
 */
export function chiSquareSurvival(x: number, df: number): number {
  if (!(x > 0) || df <= 0) return 1
  const [a, z] = [df / 2, x / 2]
  return z < a + 1 ? 1 - lowerSeries(a, z) : upperFraction(a, z)
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 1_000 && Math.abs(term) > Math.abs(sum) * 1e-16; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a))
}

function upperFraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < 1_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / nonZero(an * d + b, tiny)
    c = nonZero(b + an / c, tiny)
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return Math.exp(-x + a * Math.log(x) - logGamma(a)) * h
}

const nonZero = (value: number, tiny: number) => (Math.abs(value) < tiny ? tiny : value)

/** Lanczos approximation, relative error below 1e-14 for x > 0. */
function logGamma(x: number): number {
  const g = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  const t = z + 7.5
  let sum = g[0]
  for (let i = 1; i < 9; i++) sum += g[i] / (z + i)
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * Two-sample chi-square test of homogeneity over counted categories; categories empty in both are left out.
 * @returns the statistic (no correction) and its p-value; 0 and 1 when fewer than two categories are in use
 */
export function chiSquareTwoSample(a: ArrayLike<number>, b: ArrayLike<number>): { statistic: number; pValue: number } {
  const [totalA, totalB] = [sumOf(a), sumOf(b)]
  const total = totalA + totalB
  let statistic = 0
  let used = 0
  for (let i = 0; i < a.length; i++) {
    const both = a[i] + b[i]
    if (both === 0) continue
    used++
    const [expectedA, expectedB] = [(both * totalA) / total, (both * totalB) / total]
    if (expectedA > 0) statistic += (a[i] - expectedA) ** 2 / expectedA
    if (expectedB > 0) statistic += (b[i] - expectedB) ** 2 / expectedB
  }
  if (used < 2 || totalA === 0 || totalB === 0) return { statistic: 0, pValue: 1 }
  return { statistic, pValue: chiSquareSurvival(statistic, used - 1) }
}

export function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum
}
