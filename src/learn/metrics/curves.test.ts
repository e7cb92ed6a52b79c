import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import golden from '../../../test/golden/curves/curves.json' with { type: 'json' }
import { confusion, evaluateCurves, expectedCalibrationError, wilsonBounds } from './index.ts'
import { scoredRows, scoredRowsOfBothClasses } from './scored-rows.fixture.ts'

const cases = golden.cases.map((given) => ({
  ...given,
  y: Uint8Array.from(given.y),
  score: Float64Array.from(given.score),
}))

/** Both sides divide the same whole numbers; only the order of two operations may differ. */
const closeTo = (wanted: number[]): unknown[] => wanted.map((value): unknown => expect.closeTo(value, 14))

describe.each(cases)('$name', ({ y, score, roc, pr, gain, wilson }) => {
  const curves = evaluateCurves(y, score)

  it('has the ROC curve of scikit-learn', () => {
    expect(curves.roc.falsePositiveRate).toEqual(closeTo(roc.falsePositiveRate))
    expect(curves.roc.truePositiveRate).toEqual(closeTo(roc.truePositiveRate))
    expect(curves.roc.threshold.slice(1)).toEqual(roc.threshold)
    expect(curves.roc.threshold[0]).toBe(Math.max(...score) + 1)
  })

  it('has the precision-recall curve of scikit-learn', () => {
    expect(curves.pr.recall).toEqual(closeTo(pr.recall))
    expect(curves.pr.precision).toEqual(closeTo(pr.precision))
    expect(curves.pr.threshold).toEqual(pr.threshold)
  })

  it('has the gains that NumPy interpolates', () => {
    expect(curves.lift.shareOfPositives).toEqual(closeTo(gain))
    expect(curves.lift.lift).toEqual(closeTo(gain.map((share, i) => (share * 20) / (i + 1))))
  })

  it('has the interval of statsmodels', () => {
    // Their quantile comes from SciPy's ndtri; both are right to the last few places.
    expect(wilsonBounds(curves.nPositive, y.length, 1.959963984540054)).toEqual(closeTo(wilson))
  })
})

describe('evaluateCurves', () => {
  it('counts at each of 101 thresholds what confusion counts', () => {
    fc.assert(
      fc.property(scoredRows, ({ y, score }) => {
        const { thresholds } = evaluateCurves(y, score)
        expect(thresholds).toHaveLength(101)
        for (const { threshold, ...cells } of thresholds) expect(cells).toEqual(confusion(y, score, threshold))
      }),
    )
  })

  it('puts every row into one bin, bins ascending and as even as ties allow', () => {
    fc.assert(
      fc.property(scoredRows, ({ y, score }) => {
        const { calibration, nPositive } = evaluateCurves(y, score)
        const { bins } = calibration
        expect(bins.length).toBeLessThanOrEqual(10)
        expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(y.length)
        expect(bins.reduce((sum, bin) => sum + bin.n * bin.observedRate, 0)).toBeCloseTo(nPositive, 10)
        for (const [i, bin] of bins.entries()) {
          if (i > 0) expect(bin.meanScore).toBeGreaterThan(bins[i - 1].meanScore)
          expect(bin.lower).toBeLessThanOrEqual(bin.observedRate)
          expect(bin.upper).toBeGreaterThanOrEqual(bin.observedRate)
        }
        expect(calibration.expectedCalibrationError).toBe(expectedCalibrationError(y, score))
      }),
    )
  })

  it('has ten bins of equal size where scores are distinct', () => {
    const score = Float64Array.from({ length: 1000 }, (_, i) => i / 1000)
    const { bins } = evaluateCurves(
      score.reduce((y, s, i) => ((y[i] = s > 0.5 ? 1 : 0), y), new Uint8Array(1000)),
      score,
    ).calibration
    expect(bins.map(({ n }) => n)).toEqual(Array.from({ length: 10 }, () => 100))
    expect(bins[9].meanScore).toBeCloseTo(0.9495, 12)
  })

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const turned = evaluateCurves(y.toReversed(), score.toReversed())
        const { calibration, ...given } = evaluateCurves(y, score)
        expect(turned).toMatchObject(given)
        expect(turned.calibration.bins.map(({ n }) => n)).toEqual(calibration.bins.map(({ n }) => n))
      }),
    )
  })

  it('keeps to 201 points on many rows, with both ends and nothing far from the curve', () => {
    const n = 20_000
    const score = Float64Array.from({ length: n }, (_, i) => ((i * 7919) % n) / n)
    const y = Uint8Array.from(score, (value, i) => ((i * 104_729) % 1000 < 1000 * value ** 2 ? 1 : 0))
    const { roc, pr, nPositive, nNegative } = evaluateCurves(y, score)
    for (const points of [roc.threshold, pr.threshold]) {
      expect(points.length).toBeGreaterThan(190)
      expect(points.length).toBeLessThanOrEqual(201)
    }
    expect([roc.falsePositiveRate[0], roc.truePositiveRate[0]]).toEqual([0, 0])
    expect([roc.falsePositiveRate.at(-1), roc.truePositiveRate.at(-1), pr.recall.at(-1)]).toEqual([1, 1, 1])
    expect(pr.precision.at(-1)).toBe(nPositive / n)
    for (let k = 1; k < roc.threshold.length; k++) {
      const [right, up] = [roc.falsePositiveRate, roc.truePositiveRate].map((rate) => rate[k] - rate[k - 1])
      expect(right + up).toBeGreaterThan(0)
      expect(right + up).toBeLessThan(0.02)
      const cells = confusion(y, score, roc.threshold[k])
      expect(roc.falsePositiveRate[k]).toBe(cells.falsePositives / nNegative)
    }
  })

  it('has no points where a class is absent, and is plain JSON with finite numbers', () => {
    const { roc, pr, lift, thresholds, calibration } = evaluateCurves(Uint8Array.of(0, 0), Float64Array.of(0.2, 0.4))
    expect([...roc.threshold, ...pr.threshold, ...lift.lift]).toEqual([])
    expect(thresholds[30]).toEqual({
      threshold: 0.3,
      truePositives: 0,
      falsePositives: 1,
      falseNegatives: 0,
      trueNegatives: 1,
    })
    expect(calibration.bins).toHaveLength(2)
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const curves = evaluateCurves(y, score)
        expect(JSON.parse(JSON.stringify(curves))).toEqual(curves)
      }),
    )
  })

  it('wants probabilities', () => {
    const call = () => evaluateCurves(Uint8Array.of(0, 1), Float64Array.of(0.2, 2))
    expect(call).toThrow(expect.objectContaining({ code: 'METRIC_SCORE_INVALID' }))
  })
})
