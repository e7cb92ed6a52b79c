import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../../../test/golden/regression-metrics/metrics.json' with { type: 'json' }
import {
  giniScore,
  multiclassAccuracyScore,
  multiclassLogLoss,
  poissonDevianceLoss,
  r2Score,
  regressionMetrics,
  rootMeanSquaredError,
  tweedieDevianceLoss,
  type RegressionMetricName,
} from './index.ts'

const of = (values: readonly number[]): Float64Array => Float64Array.from(values)
const cases = golden.numbers.map(({ weights, ...given }) => ({
  ...given,
  y: of(given.y),
  predicted: of(given.predicted),
  weights: weights ? of(weights) : undefined,
}))

describe.each(cases)('$name', ({ y, predicted, weights, metrics, deviances }) => {
  it('agrees with scikit-learn', () => {
    for (const [name, wanted] of Object.entries(metrics)) {
      const given = regressionMetrics[name as RegressionMetricName].fn(y, predicted, weights)
      // Sums in another order; of the huge ones the means take a few of the digits.
      expect(Math.abs(given - wanted) / Math.max(1e-3, Math.abs(wanted))).toBeLessThan(1e-9)
    }
  })

  it('has the deviances of scikit-learn', () => {
    for (const { power, value } of deviances) {
      const given = tweedieDevianceLoss(y, predicted, power, weights)
      // Of the huge numbers each deviance is what is left of terms of 1e12.
      const noise = 1e-15 * Math.max(...y) ** (2 - power)
      expect(Math.abs(given - value)).toBeLessThan(1e-10 * Math.abs(value) + 20 * noise)
    }
  })
})

describe('giniScore', () => {
  it('is 2 AUC − 1 of two classes, ties included', () => {
    const { y, score, rocAuc } = golden.binary
    expect(giniScore(of(y), of(score))).toBeCloseTo(2 * rocAuc - 1, 12)
  })

  it('does not depend on the size of what is foretold, and turns its sign with the order', () => {
    const { y, predicted } = cases[0]
    const score = giniScore(y, predicted)
    expect(giniScore(y, predicted.map(Math.log))).toBe(score)
    expect(
      giniScore(
        y,
        predicted.map((x) => -x),
      ),
    ).toBeCloseTo(-score, 12)
    expect(giniScore(y, new Float64Array(y.length))).toBeCloseTo(0, 12)
    expect(giniScore(y, y)).toBe(1)
  })
})

describe.each(golden.classes)('of several classes, $name', ({ y, probabilities, logLoss, accuracy }) => {
  it('agrees with scikit-learn', () => {
    expect(multiclassLogLoss(Int32Array.from(y), of(probabilities))).toBeCloseTo(logLoss, 12)
    expect(multiclassAccuracyScore(Int32Array.from(y), of(probabilities))).toBe(accuracy)
  })
})

describe('metrics of numbers', () => {
  it('take a row of weight k as k rows', () => {
    // Of numbers that differ in their last digits alone, what varies is rounding.
    const number = fc.integer({ min: 1, max: 6_400 }).map((n) => n / 64)
    const row = fc.record({
      y: number,
      predicted: number,
      weight: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 3, maxLength: 30 }), (rows) => {
        const repeated = rows.flatMap((one) => Array<typeof one>(one.weight).fill(one))
        for (const { fn } of Object.values(regressionMetrics)) {
          const weighted = fn(
            of(rows.map(({ y }) => y)),
            of(rows.map(({ predicted }) => predicted)),
            of(rows.map(({ weight }) => weight)),
          )
          const wanted = fn(of(repeated.map(({ y }) => y)), of(repeated.map(({ predicted }) => predicted)))
          if (Number.isNaN(wanted)) expect(weighted).toBeNaN()
          else expect(Math.abs(weighted - wanted)).toBeLessThan(1e-6 * (1 + Math.abs(wanted)))
        }
      }),
    )
  })

  it('are NaN where they are not defined', () => {
    expect(rootMeanSquaredError(of([]), of([]))).toBeNaN()
    expect(r2Score(of([2, 2]), of([1, 3]))).toBeNaN()
    expect(giniScore(of([2, 2]), of([1, 3]))).toBeNaN()
    expect(multiclassLogLoss(Int32Array.of(), of([]))).toBeNaN()
  })

  it('refuse what they cannot take, and name the row', () => {
    const refused = (call: () => unknown): string => {
      try {
        call()
      } catch (error) {
        return `${(error as { code: string }).code} ${(error as Error).message}`
      }
      return 'nothing'
    }
    expect(refused(() => r2Score(of([1]), of([1, 2])))).toContain('METRIC_LENGTHS_DIFFER')
    expect(refused(() => r2Score(of([1, NaN]), of([1, 2])))).toContain('METRIC_TARGET_INVALID Target NaN in row 1')
    expect(refused(() => r2Score(of([1, 2]), of([1, Infinity])))).toContain(
      'METRIC_SCORE_INVALID Score Infinity in row 1',
    )
    expect(refused(() => poissonDevianceLoss(of([-1]), of([1])))).toContain('wanted a finite number of at least 0')
    expect(refused(() => poissonDevianceLoss(of([0]), of([0])))).toContain('wanted a finite number above 0')
    expect(refused(() => tweedieDevianceLoss(of([0]), of([1]), 2))).toContain('METRIC_TARGET_INVALID Target 0 in row 0')
    expect(refused(() => tweedieDevianceLoss(of([0]), of([1]), 3))).toContain('OPTION_INVALID')
    expect(refused(() => r2Score(of([1, 2]), of([1, 2]), of([1, -1])))).toContain('WEIGHTS_INVALID')
    expect(refused(() => r2Score(of([1, 2]), of([1, 2]), of([1])))).toContain('WEIGHTS_INVALID')
    expect(refused(() => multiclassLogLoss(Int32Array.of(0, 2), of([0.5, 0.5, 0, 1])))).toContain(
      'METRIC_CLASS_INVALID Class 2 in row 1; wanted one of 2, counted from 0',
    )
    expect(refused(() => multiclassLogLoss(Int32Array.of(0, 1), of([0.5, 0.5, 0, 1.1])))).toContain(
      'Score 1.1 in row 1',
    )
    expect(refused(() => multiclassLogLoss(Int32Array.of(0, 1), of([0.5, 0.5, 1])))).toContain('METRIC_LENGTHS_DIFFER')
  })
})
