import { describe, expect, it } from 'vitest'
import golden from '../../test/golden/stats/stats.json' with { type: 'json' }
import {
  benjaminiHochberg,
  chiSquareSurvival,
  chiSquareTwoSample,
  ksFromCounts,
  ksTwoSample,
  normalCdf,
  normalQuantile,
  proportionInterval,
  psi,
  quantileSorted,
} from './index.ts'

const relativeError = (given: number, wanted: number) => (given === wanted ? 0 : Math.abs(given / wanted - 1))

describe.each(golden.ks)('Kolmogorov-Smirnov: $name', ({ a, b, statistic, pValue }) => {
  it('agrees with SciPy', () => {
    const test = ksTwoSample(Float64Array.from(a), Float64Array.from(b))
    expect(test.statistic).toBeCloseTo(statistic, 14)
    expect(test.pValue).toBeCloseTo(pValue, 10)
  })

  it('is the same on counts where every value has a bin of its own', () => {
    const values = [...new Set([...a, ...b])].sort((left, right) => left - right)
    const counts = (sample: number[]) => values.map((value) => sample.filter((other) => other === value).length)
    const test = ksFromCounts(counts(a), counts(b))
    expect(test.statistic).toBeCloseTo(statistic, 12)
    expect(test.pValue).toBeCloseTo(pValue, 10)
  })
})

it.each(golden.chiSquare)('chi-square agrees with SciPy: $name', ({ a, b, statistic, pValue }) => {
  const test = chiSquareTwoSample(a, b)
  expect(relativeError(test.statistic, statistic)).toBeLessThan(1e-12)
  expect(relativeError(test.pValue, pValue)).toBeLessThan(1e-10)
})

it.each(golden.psi)('PSI agrees with NumPy: $name', ({ reference, current, psi: wanted }) => {
  expect(psi(reference, current)).toBeCloseTo(wanted, 12)
})

it.each(golden.benjaminiHochberg)('Benjamini-Hochberg agrees with SciPy: $name', ({ p, adjusted }) => {
  const given = benjaminiHochberg(p)
  expect(given).toHaveLength(p.length)
  for (const [i, value] of adjusted.entries()) expect(given[i]).toBeCloseTo(value, 14)
})

it.each(golden.normalCdf)('the normal distribution at $z agrees with SciPy', ({ z, p }) => {
  // The fit's stated error.
  expect(relativeError(normalCdf(z), p)).toBeLessThan(1.2e-7)
})

it.each(golden.normalQuantile)('the normal quantile of $p agrees with SciPy', ({ p, z }) => {
  // The approximation's stated error, 1.15e-9.
  expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1.2e-9 * Math.max(1, Math.abs(z)))
})

it.each(golden.chiSquareSurvival)('chi-square survival at $x with $df degrees agrees with SciPy', ({ x, df, p }) => {
  // logGamma near 500 is 2,600 and has 14 digits: its exponential keeps 10 to 11.
  expect(relativeError(chiSquareSurvival(x, df), p)).toBeLessThan(1e-10)
})

it.each(golden.wilson)("Wilson's interval of $successes in $n agrees with SciPy", (given) => {
  const { estimate, lower, upper } = proportionInterval(given.successes, given.n, given.level)
  expect(estimate).toBe(given.successes / given.n)
  // What the normal quantile leaves.
  expect(lower).toBeCloseTo(given.lower, 8)
  expect(upper).toBeCloseTo(given.upper, 8)
})

it.each(golden.quantile)('the quantile $p of $values agrees with NumPy', ({ values, p, q }) => {
  expect(quantileSorted(Float64Array.from(values), p)).toBeCloseTo(q, 14)
})
