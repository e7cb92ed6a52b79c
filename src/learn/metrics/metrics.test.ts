import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import golden from '../../../test/golden/metrics/metrics.json' with { type: 'json' }
import {
  bestF1Threshold,
  binaryMetricNames,
  binaryMetrics,
  calibrationBins,
  confusion,
  evaluateBinaryMetrics,
  f1Score,
  findCountedForm,
  logLoss,
  prAucScore,
  rocAucScore,
  type BinaryMetricName,
} from './index.ts'
import { scoredRows, scoredRowsOfBothClasses } from './scored-rows.fixture.ts'

const cases = golden.cases.map((given) => ({
  ...given,
  y: Uint8Array.from(given.y),
  score: Float64Array.from(given.score),
}))

describe.each(cases)('$name', ({ y, score, threshold, metrics, confusion: cells, calibration }) => {
  it.each(binaryMetricNames)('%s agrees with scikit-learn', (name) => {
    const wanted = metrics[name]
    const given = evaluateBinaryMetrics(y, score, threshold)[name]
    if (wanted === null) expect(given).toBeNaN()
    // Sums of at most 200 terms in another order: a few units in the last place.
    else expect(given).toBeCloseTo(wanted, 12)
  })

  it('counts the same cells', () => {
    expect(confusion(y, score, threshold)).toEqual(cells)
  })

  it('draws the same reliability diagram', () => {
    const used = calibrationBins(y, score).filter(({ n }) => n > 0)
    expect(used).toHaveLength(calibration.meanScore.length)
    for (const [i, bin] of used.entries()) {
      expect(bin.meanScore).toBeCloseTo(calibration.meanScore[i], 12)
      expect(bin.positiveRate).toBeCloseTo(calibration.positiveRate[i], 12)
    }
  })
})

describe('a slow, obvious second way', () => {
  test('ROC-AUC is the share of pairs won, a tie counting one half', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        let [wins, pairs] = [0, 0]
        for (let a = 0; a < y.length; a++)
          for (let b = 0; b < y.length; b++) {
            if (y[a] !== 1 || y[b] !== 0) continue
            pairs++
            if (score[a] > score[b]) wins++
            else if (score[a] === score[b]) wins += 0.5
          }
        expect(rocAucScore(y, score)).toBe(wins / pairs)
      }),
    )
  })

  test('PR-AUC adds up precision at every positive, all its ties flagged', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const rows = [...y.keys()]
        const precisions = rows
          .filter((row) => y[row] === 1)
          .map((row) => {
            const flagged = rows.filter((other) => score[other] >= score[row])
            return flagged.filter((other) => y[other] === 1).length / flagged.length
          })
        const mean = precisions.reduce((sum, value) => sum + value, 0) / precisions.length
        expect(prAucScore(y, score)).toBeCloseTo(mean, 12)
      }),
    )
  })

  test('no score is a better threshold for F1, and of equals the highest is taken', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const f1s = Array.from(score, (threshold) => f1Score(y, score, threshold))
        const best = Math.max(...f1s)
        const highest = Math.max(...score.filter((_, row) => f1s[row] === best))
        expect(bestF1Threshold(y, score)).toBe(highest)
      }),
    )
  })
})

describe('laws', () => {
  const valueOf = (name: BinaryMetricName, y: Uint8Array, score: Float64Array): number =>
    binaryMetrics[name].fn(y, score, 0.5)

  test.each(binaryMetricNames)('%s does not depend on the order of the rows', (name) => {
    fc.assert(
      fc.property(scoredRows, fc.infiniteStream(fc.nat()), ({ y, score }, keys) => {
        const order = [...y.keys()].map((row) => ({ row, key: keys.next().value! })).sort((a, b) => a.key - b.key)
        const moved = valueOf(
          name,
          Uint8Array.from(order, ({ row }) => y[row]),
          Float64Array.from(order, ({ row }) => score[row]),
        )
        const given = valueOf(name, y, score)
        if (Number.isNaN(given)) expect(moved).toBeNaN()
        else expect(moved).toBeCloseTo(given, 12)
      }),
    )
  })

  test.each(binaryMetricNames)('%s of counted rows is that of the rows repeated', (name) => {
    const counts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 })
    fc.assert(
      fc.property(scoredRows, counts, ({ y, score }, drawn) => {
        const rows = [...y.keys()].flatMap((row) => Array.from({ length: drawn[row] }, () => row))
        const repeated = valueOf(
          name,
          Uint8Array.from(rows, (row) => y[row]),
          Float64Array.from(rows, (row) => score[row]),
        )
        const counted = binaryMetrics[name].counted(y, score, 0.5)(Int32Array.from(drawn.slice(0, y.length)))
        if (Number.isNaN(repeated)) expect(counted).toBeNaN()
        else expect(counted).toBeCloseTo(repeated, 12)
      }),
    )
  })

  test('ranks alone decide the AUCs: any increasing change of the scores leaves them as they are', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const stretched = score.map((value) => Math.exp(5 * value) - 100)
        expect(rocAucScore(y, stretched)).toBe(rocAucScore(y, score))
        expect(prAucScore(y, stretched)).toBe(prAucScore(y, score))
      }),
    )
  })

  test('swapping the classes and turning the scores round leaves ROC-AUC, log-loss and Brier loss as they are', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const [other, turned] = [y.map((label) => 1 - label), score.map((value) => 1 - value)]
        for (const name of ['rocAuc', 'logLoss', 'brier'] as const)
          expect(valueOf(name, other, turned)).toBeCloseTo(valueOf(name, y, score), 12)
      }),
    )
  })
})

describe('edges', () => {
  const none = [new Uint8Array(), new Float64Array()] as const

  it.each(binaryMetricNames)('%s of no rows is not a number', (name) => {
    expect(binaryMetrics[name].fn(...none, 0.5)).toBeNaN()
  })

  it('gives no AUC and no best threshold for one class', () => {
    for (const label of [0, 1])
      for (const metric of [rocAucScore, prAucScore, bestF1Threshold])
        expect(metric(Uint8Array.of(label, label), Float64Array.of(0.2, 0.7))).toBeNaN()
  })

  it('caps what one confident error costs at 36.04 nats', () => {
    expect(logLoss(Uint8Array.of(1), Float64Array.of(0))).toBeCloseTo(36.04, 2)
  })

  it('puts a score on an edge into the bin below it, and 0 into the first', () => {
    const n = calibrationBins(Uint8Array.of(0, 0, 0, 0), Float64Array.of(0, 0.07, 0.0700001, 1), 100).map(
      (bin) => bin.n,
    )
    expect([n[0], n[6], n[7], n[99]]).toEqual([1, 1, 1, 1])
  })

  it('puts the number just above an edge into the bin above it', () => {
    // 0.8500000000000001 * 20 rounds to 17, which is the edge itself.
    const bins = calibrationBins(Uint8Array.of(0), Float64Array.of(0.8500000000000001), 20)
    expect(bins.findIndex(({ n }) => n === 1)).toBe(17)
  })
})

describe('what is refused', () => {
  const labels = Uint8Array.of(0, 1)

  it.each(binaryMetricNames)('%s wants one score a label', (name) => {
    const call = () => binaryMetrics[name].fn(labels, Float64Array.of(0.5), 0.5)
    expect(call).toThrow(expect.objectContaining({ code: 'METRIC_LENGTHS_DIFFER' }))
    expect(call).toThrow('2 labels and 1 scores were given')
  })

  it.each(binaryMetricNames)('%s wants labels 0 or 1, and names the row', (name) => {
    const call = () => binaryMetrics[name].fn(Uint8Array.of(0, 2), Float64Array.of(0.5, 0.5), 0.5)
    expect(call).toThrow(expect.objectContaining({ code: 'METRIC_LABEL_INVALID' }))
    expect(call).toThrow('Label 2 in row 1')
  })

  it.each(binaryMetricNames)('%s wants no missing score', (name) => {
    const call = () => binaryMetrics[name].fn(labels, Float64Array.of(0.5, NaN), 0.5)
    expect(call).toThrow(expect.objectContaining({ code: 'METRIC_SCORE_INVALID' }))
  })

  it.each(['logLoss', 'brier', 'expectedCalibrationError'] as const)('%s wants probabilities', (name) => {
    const call = () => binaryMetrics[name].fn(labels, Float64Array.of(0.5, 1.2))
    expect(call).toThrow(expect.objectContaining({ code: 'METRIC_SCORE_INVALID' }))
    expect(call).toThrow('Score 1.2 in row 1; wanted a probability from 0 to 1')
  })
})

describe('the registry of metrics', () => {
  it('finds the counted form of a metric over scores by the function, and of nothing else', () => {
    expect(findCountedForm(rocAucScore)).toBe(binaryMetrics.rocAuc.counted)
    expect(findCountedForm(() => 1)).toBeUndefined()
  })

  it('has a golden value for every metric', () => {
    for (const { metrics } of golden.cases) expect(Object.keys(metrics).sort()).toEqual([...binaryMetricNames].sort())
  })
})
