import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { binaryMetrics, type Column } from '../learn/index.ts'
import { categories, numbers } from '../../test/learning-tables.ts'
import {
  aucInterval,
  benjaminiHochberg,
  bootstrapInterval,
  buildDriftFeatures,
  chiSquareSurvival,
  chiSquareTwoSample,
  countInto,
  driftScore,
  driftStatus,
  ksFromCounts,
  ksTwoSample,
  normalCdf,
  normalQuantile,
  nSlots,
  pairedBootstrap,
  proportionInterval,
  psi,
  psiStatus,
  quantileSorted,
  referenceBins,
  slotLabels,
} from './index.ts'
import { createRandom } from './random.ts'

const sample = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(null)), { maxLength: 60 })
const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd', null), { maxLength: 60 })
const counts = fc.array(fc.nat(50), { minLength: 5, maxLength: 5 })

describe('bins and counts', () => {
  test.each<[string, fc.Arbitrary<Column>]>([
    ['numbers', sample.map((values) => numbers('x', values))],
    ['categories', texts.map((values) => categories('x', values))],
  ])('the counts of parts of %s add up to the counts of the whole', (_, column) => {
    fc.assert(
      fc.property(column, column, (reference, current) => {
        const bins = referenceBins(reference)
        const merged = countInto(bins, current, Float64Array.from(countInto(bins, reference)))
        const apart = [countInto(bins, reference), countInto(bins, current)]
        expect([...merged]).toEqual([...apart[0]].map((n, slot) => n + apart[1][slot]))
        expect(merged).toHaveLength(nSlots(bins))
        expect(slotLabels(bins)).toHaveLength(nSlots(bins))
      }),
    )
  })

  it('counts missing values and unseen levels in slots of their own', () => {
    const bins = referenceBins(categories('x', ['a', 'b']))
    expect([...countInto(bins, categories('x', ['b', 'z', null, null, 'b']))]).toEqual([0, 2, 2, 1])
    const numeric = referenceBins(numbers('x', [1, 2, 3, 4]), 2)
    expect([...countInto(numeric, numbers('x', [0, 2.5, 9, null]))]).toEqual([2, 1, 1, 0])
    expect(slotLabels(numeric)).toEqual(['up to 2.5', 'above 2.5', 'missing', 'unseen'])
  })

  it('merges edges that are the same value, and has one bin for a column without any', () => {
    expect(referenceBins(numbers('x', [5, 5, 5, 5]))).toEqual({ kind: 'number', edges: [5] })
    expect(slotLabels(referenceBins(numbers('x', [null])))).toEqual(['all', 'missing', 'unseen'])
  })

  it('does not count a category over the bins of numbers', () => {
    expect(() => countInto(referenceBins(numbers('x', [1])), categories('x', ['a']))).toThrow(TypeError)
  })
})

describe('tests of two samples', () => {
  test('order of the rows, and which sample is first, do not matter', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const [first, second] = [numbers('x', a).values, numbers('x', b).values]
        const given = ksTwoSample(first, second)
        expect(ksTwoSample(second, first.slice().reverse())).toEqual(given)
      }),
    )
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const given = chiSquareTwoSample(a, b)
        for (const other of [chiSquareTwoSample(b, a), chiSquareTwoSample(a.toReversed(), b.toReversed())])
          expect(other.statistic).toBeCloseTo(given.statistic, 9)
      }),
    )
  })

  test('the largest distance over all values is found', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1 }), fc.array(fc.nat(9), { minLength: 1 }), (a, b) => {
        const share = (values: number[], limit: number) => values.filter((v) => v <= limit).length / values.length
        const distances = [...a, ...b].map((value) => Math.abs(share(a, value) - share(b, value)))
        expect(ksTwoSample(Float64Array.from(a), Float64Array.from(b)).statistic).toBe(Math.max(...distances))
      }),
    )
  })

  it('finds nothing where there is nothing to compare', () => {
    const empty = new Float64Array()
    expect(ksTwoSample(empty, Float64Array.of(1))).toEqual({ statistic: 0, pValue: 1 })
    expect(ksFromCounts([0, 0], [1, 2])).toEqual({ statistic: 0, pValue: 1 })
    expect(chiSquareTwoSample([0, 0], [1, 2])).toEqual({ statistic: 0, pValue: 1 })
    expect(chiSquareTwoSample([3, 0], [1, 0])).toEqual({ statistic: 0, pValue: 1 })
    expect([chiSquareSurvival(0, 3), chiSquareSurvival(-1, 3), chiSquareSurvival(5, 0)]).toEqual([1, 1, 1])
  })
})

describe('PSI and drift', () => {
  test('PSI is zero for equal shares, never negative, and symmetric', () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        expect(
          psi(
            a,
            a.map((n) => 3 * n),
          ),
        ).toBeCloseTo(0, 12)
        expect(psi(a, b)).toBeGreaterThanOrEqual(0)
        expect(psi(a, b)).toBeCloseTo(psi(b, a), 12)
      }),
    )
  })

  it('tells sizes apart at the usual limits', () => {
    expect([0, 0.0999, 0.1, 0.2499, 0.25].map(psiStatus)).toEqual(['none', 'none', 'minor', 'minor', 'major'])
    expect([0.0999, 0.1, 0.2, 0.3].map((score) => driftStatus(score))).toEqual(['none', 'watch', 'retrain', 'critical'])
    expect(driftStatus(0.1, 0.15)).toBe('none')
    expect(psi([0, 0], [1, 2])).toBe(0)
  })

  test('adjusted p-values keep the order, are never smaller, and at most 1', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), (p) => {
        const adjusted = benjaminiHochberg(p)
        for (const [i, value] of p.entries()) {
          // p·n/n may round to one unit below p.
          expect(adjusted[i]).toBeGreaterThanOrEqual(value * (1 - Number.EPSILON))
          expect(adjusted[i]).toBeLessThanOrEqual(1)
          for (const [j, other] of p.entries()) if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j])
        }
      }),
    )
  })

  it('calls a feature drifted when it is both significant and of a size, and weights it by importance', () => {
    const bins = { kind: 'category' as const, levels: ['a', 'b'] }
    const input = (name: string, current: number[], importance: number) => ({
      name,
      kind: 'category' as const,
      bins,
      reference: [500, 500, 0, 0],
      current,
      importance,
    })
    const features = buildDriftFeatures([
      input('moved', [800, 200, 0, 0], 0.02),
      input('significant only', [430, 570, 0, 0], 0.04),
      input('few rows', [4, 1, 0, 0], -0.01),
      { ...input('score', [480, 520, 0, 0], 0), kind: 'score' },
    ])
    expect(features.map(({ name, drifted, importance }) => ({ name, drifted, importance }))).toEqual([
      { name: 'moved', drifted: true, importance: 0.5 },
      { name: 'significant only', drifted: false, importance: 1 },
      { name: 'few rows', drifted: false, importance: 0 },
      { name: 'score', drifted: false, importance: 1 },
    ])
    expect(features[1].pAdjusted).toBeLessThan(0.05)
    expect(features[2].psi).toBeGreaterThan(0.1)
    expect(driftScore(features)).toBeCloseTo(features[0].psi / 2, 12)
    expect(features[0].bins).toEqual([
      { label: 'a', reference: 0.5, current: 0.8 },
      { label: 'b', reference: 0.5, current: 0.2 },
    ])
  })
})

it('does not lose the weights of all features to one whose importance is not a number', () => {
  const bins = { kind: 'category' as const, levels: ['a', 'b'] }
  const moved = { kind: 'category' as const, bins, reference: [900, 100, 0, 0], current: [100, 900, 0, 0] }
  const features = buildDriftFeatures([
    { ...moved, name: 'known', importance: 0.1 },
    { ...moved, name: 'unknown', importance: NaN },
  ])
  expect(features.map(({ importance }) => importance)).toEqual([1, 0])
  expect(driftScore(features)).toBe(features[0].psi)
})

describe('intervals', () => {
  const draw = createRandom(7)
  const y = Uint8Array.from({ length: 300 }, () => (draw() < 0.3 ? 1 : 0))
  const score = Float64Array.from(y, (label) => Math.min(1, Math.max(0, 0.3 * label + 0.7 * draw())))
  const options = { nResamples: 2_000, seed: 3 }

  test('the normal quantile turns the distribution round', () => {
    for (const p of [1e-6, 0.02, 0.4, 0.5, 0.9, 0.999]) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 7)
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity])
  })

  test("Wilson's interval holds the share, stays within 0 and 1, and narrows with rows", () => {
    fc.assert(
      fc.property(fc.nat(50), fc.integer({ min: 1, max: 50 }), (successes, more) => {
        const n = successes + more
        const { estimate, lower, upper } = proportionInterval(successes, n)
        expect(0 <= lower && lower <= estimate && estimate <= upper && upper <= 1).toBe(true)
        const tenfold = proportionInterval(10 * successes, 10 * n)
        expect(tenfold.upper - tenfold.lower).toBeLessThan(upper - lower)
      }),
    )
    expect(proportionInterval(0, 0).estimate).toBeNaN()
  })

  test("DeLong's interval is close to the bootstrap's, holds the estimate and is wider at a higher level", () => {
    const deLong = aucInterval(y, score)
    const bootstrap = bootstrapInterval(binaryMetrics.rocAuc.counted(y, score), y.length, options)
    expect(deLong.estimate).toBe(bootstrap.estimate)
    // The interval is 0.10 wide; 2,000 resamples place an end within some 0.003, and DeLong is asymptotic.
    expect(Math.abs(deLong.lower - bootstrap.lower)).toBeLessThan(0.012)
    expect(Math.abs(deLong.upper - bootstrap.upper)).toBeLessThan(0.012)
    expect(deLong.lower < deLong.estimate && deLong.estimate < deLong.upper).toBe(true)
    const wider = aucInterval(y, score, 0.99)
    expect(wider.lower < deLong.lower && deLong.upper < wider.upper && wider.upper < 1).toBe(true)
  })

  it('has no DeLong interval for one class, and a point where the classes do not overlap', () => {
    expect(aucInterval(Uint8Array.of(1, 1), Float64Array.of(0.1, 0.2)).lower).toBeNaN()
    expect(aucInterval(Uint8Array.of(0, 1), Float64Array.of(0.1, 0.2))).toMatchObject({ lower: 1, upper: 1 })
  })

  test.each(['rocAuc', 'prAuc', 'logLoss', 'brier', 'f1'] as const)(
    'a bootstrap of counts is that of rows drawn one by one: %s',
    (name) => {
      const entry = binaryMetrics[name]
      const counted = bootstrapInterval(entry.counted(y, score, 0.5), y.length, options)
      const random = createRandom(99)
      const values = Float64Array.from({ length: 1_000 }, () => {
        const rows = Int32Array.from(y, () => Math.floor(random() * y.length))
        const [drawnY, drawn] = [Uint8Array.from(rows, (r) => y[r]), Float64Array.from(rows, (r) => score[r])]
        return entry.fn(drawnY, drawn, 0.5)
      }).sort()
      const width = counted.upper - counted.lower
      expect(counted.estimate).toBe(entry.fn(y, score, 0.5))
      // Two independent bootstraps: their ends differ by some 5 % of the width.
      expect(Math.abs(counted.lower - quantileSorted(values, 0.025))).toBeLessThan(0.15 * width)
      expect(Math.abs(counted.upper - quantileSorted(values, 0.975))).toBeLessThan(0.15 * width)
      expect(counted.lower < counted.estimate && counted.estimate < counted.upper).toBe(true)
    },
  )

  it('compares two models on the same resamples', () => {
    const auc = binaryMetrics.rocAuc.counted
    const worse = score.map((value) => 0.5 * value + 0.5 * draw())
    const difference = pairedBootstrap(auc(y, score), auc(y, worse), y.length, options)
    const back = pairedBootstrap(auc(y, worse), auc(y, score), y.length, options)
    expect(difference.upper).toBeLessThan(0)
    expect([back.estimate, back.lower, back.upper]).toEqual([
      -difference.estimate,
      expect.closeTo(-difference.upper, 12),
      expect.closeTo(-difference.lower, 12),
    ])
    const none = pairedBootstrap(auc(y, score), auc(y, score), y.length, options)
    expect(none).toEqual({ estimate: 0, lower: 0, upper: 0, level: 0.95 })
    // Paired, the interval is narrower than if both models had been resampled by themselves.
    const apart = [score, worse].map((s) => bootstrapInterval(auc(y, s), y.length, options))
    const widths = apart.map(({ lower, upper }) => upper - lower)
    expect(difference.upper - difference.lower).toBeLessThan(Math.hypot(...widths))
  })

  it('says the same for the same seed, and leaves out resamples without one of the classes', () => {
    const metric = binaryMetrics.rocAuc.counted(Uint8Array.of(0, 0, 0, 1), Float64Array.of(0.1, 0.4, 0.2, 0.3))
    const interval = bootstrapInterval(metric, 4, options)
    expect(bootstrapInterval(metric, 4, options)).toEqual(interval)
    expect(bootstrapInterval(metric, 4, { ...options, seed: 4, level: 0.5 })).not.toEqual(interval)
    expect(Number.isFinite(interval.lower) && Number.isFinite(interval.upper)).toBe(true)
  })
})
