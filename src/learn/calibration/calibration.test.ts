import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../../test/golden/calibration/calibration.json' with { type: 'json' }
import { mixedTable, rowOf } from '../../../test/learning-tables.ts'
import { brierLoss, logLoss, rocAucScore } from '../metrics/index.ts'
import { scoredRowsOfBothClasses } from '../metrics/scored-rows.fixture.ts'
import { sealEnvelope } from '../model/envelope.ts'
import { loadModel, serialiseModel } from '../model/format.ts'
import type { Model } from '../model/model.ts'
import { trainModel } from '../model/train-model.ts'
import { createRandom } from '../random.ts'
import { stratifiedKFold } from '../splits/stratified.ts'
import { takeRows } from '../table.ts'
import { CalibratedModel } from './calibrated-model.ts'
import { calibrate, calibrationKinds, fitCalibration, type Calibration } from './calibration.ts'

const closeTo = (wanted: number[]): unknown[] => wanted.map((value): unknown => expect.closeTo(value, 9))

describe.each(golden.cases)('$name', (given) => {
  const [y, score] = [Uint8Array.from(given.y), Float64Array.from(given.score)]

  it('has the slope and intercept that scikit-learn finds', () => {
    const platt = fitCalibration('platt', y, score)
    // Newton's method on both sides.
    expect(platt).toEqual({
      kind: 'platt',
      slope: expect.closeTo(given.platt.slope, 8),
      intercept: expect.closeTo(given.platt.intercept, 8),
      nRows: y.length,
    })
    expect(golden.at.map((at) => calibrate(platt, at))).toEqual(closeTo(given.plattAt))
  })

  it('has the isotonic curve of scikit-learn', () => {
    const isotonic = fitCalibration('isotonic', y, score)
    expect(golden.at.map((at) => calibrate(isotonic, at))).toEqual(closeTo(given.isotonicAt))
  })
})

describe('laws', () => {
  it.each(calibrationKinds)('%s never reverses an order and stays a probability', (kind) => {
    fc.assert(
      fc.property(
        scoredRowsOfBothClasses,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
        ({ y, score }, others) => {
          const calibration = fitCalibration(kind, y, score)
          const sorted = [...score, ...others].sort((a, b) => a - b)
          const values = sorted.map((value) => calibrate(calibration, value))
          values.forEach((value, k) => {
            expect(value >= 0 && value <= 1).toBe(true)
            if (k > 0) expect(value).toBeGreaterThanOrEqual(values[k - 1])
          })
        },
      ),
    )
  })

  it('Platt keeps distinct scores distinct, so ROC-AUC stays to the bit, whatever the labels', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, fc.boolean(), ({ y, score }, isUpsideDown) => {
        const platt = fitCalibration('platt', isUpsideDown ? y.map((label) => 1 - label) : y, score)
        const calibrated = score.map((value) => calibrate(platt, value))
        expect(rocAucScore(y, calibrated)).toBe(rocAucScore(y, score))
      }),
    )
  })

  it('isotonic keeps the sum of the labels and is the best increasing fit of its kind', () => {
    fc.assert(
      fc.property(scoredRowsOfBothClasses, ({ y, score }) => {
        const isotonic = fitCalibration('isotonic', y, score)
        const calibrated = score.map((value) => calibrate(isotonic, value))
        const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)
        expect(sum(calibrated)).toBeCloseTo(sum(y), 9)
        // The least squared error is at most that of any other increasing function, e.g. Platt's or none.
        const platt = fitCalibration('platt', y, score)
        expect(brierLoss(y, calibrated)).toBeLessThanOrEqual(brierLoss(y, score) + 1e-12)
        expect(brierLoss(y, calibrated)).toBeLessThanOrEqual(
          brierLoss(
            y,
            score.map((s) => calibrate(platt, s)),
          ) + 1e-12,
        )
      }),
    )
  })

  it.each(calibrationKinds)('%s mends scores that are too sure, on rows it has not seen', (kind) => {
    const random = createRandom(7)
    const draw = (n: number) => {
      const truth = Float64Array.from({ length: n }, () => random.unit())
      const y = Uint8Array.from(truth, (p) => (random.unit() < p ? 1 : 0))
      return { y, truth, score: truth.map((p) => p ** 4 / (p ** 4 + (1 - p) ** 4)) }
    }
    const [seen, unseen] = [draw(4000), draw(4000)]
    const calibration = fitCalibration(kind, seen.y, seen.score)
    const mended = unseen.score.map((score) => calibrate(calibration, score))
    const [best, before] = [brierLoss(unseen.y, unseen.truth), brierLoss(unseen.y, unseen.score)]
    expect(before - best).toBeGreaterThan(0.02)
    expect(brierLoss(unseen.y, mended) - best).toBeLessThan(0.002)
  })

  it('leaves scores that are right as they are, nearly', () => {
    // At the score i/100, i of 100 rows are positive.
    const score = Float64Array.from({ length: 10_100 }, (_, row) => (row % 101) / 100)
    const y = Uint8Array.from(score, (value, row) => (Math.floor(row / 101) < Math.round(100 * value) ? 1 : 0))
    const platt = fitCalibration('platt', y, score)
    for (const value of [0.05, 0.5, 0.95]) expect(calibrate(platt, value)).toBeCloseTo(value, 2)
  })

  it('gives the rate of positives to scores that are all equal', () => {
    const y = Uint8Array.from({ length: 100 }, (_, row) => Number(row < 20))
    const score = new Float64Array(100).fill(0.7)
    expect(calibrate(fitCalibration('isotonic', y, score), 0.3)).toBe(0.2)
    const platt = calibrate(fitCalibration('platt', y, score), 0.7)
    // Platt's targets draw the rate a little towards one half.
    expect(platt).toBeCloseTo((20 * (21 / 22) + 80 / 82) / 100, 9)
  })
})

describe('what is refused', () => {
  it.each(calibrationKinds)('%s wants both classes and probabilities', (kind) => {
    const fit = (y: number[], score: number[]) => () =>
      fitCalibration(kind, Uint8Array.from(y), Float64Array.from(score))
    expect(fit([1, 1], [0.1, 0.2])).toThrow(expect.objectContaining({ code: 'LABELS_ONE_CLASS' }))
    expect(fit([], [])).toThrow(expect.objectContaining({ code: 'LABELS_ONE_CLASS' }))
    expect(fit([0, 1], [0.1, 2])).toThrow(expect.objectContaining({ code: 'METRIC_SCORE_INVALID' }))
  })
})

describe('a calibrated model', () => {
  const { table, y } = mixedTable(240)
  let inner: Model
  let outOfFold: Float64Array

  beforeAll(async () => {
    const train = (rows: Int32Array): Promise<Model> =>
      trainModel({
        table: takeRows(table, rows),
        y: Uint8Array.from(rows, (row) => y[row]),
        target: 'outcome',
        positive: 'denied',
        algorithm: 'logistic_regression',
      })
    const all = Int32Array.from(y.keys())
    const fold = stratifiedKFold(y, 3, 0)
    inner = await train(all)
    outOfFold = new Float64Array(y.length)
    for (const k of [0, 1, 2]) {
      const held = all.filter((row) => fold[row] === k)
      const scores = (await train(all.filter((row) => fold[row] !== k))).predict(takeRows(table, held))
      held.forEach((row, i) => (outOfFold[row] = scores[i]))
    }
  })

  it.each(calibrationKinds)('with %s gives calibrated scores, in tables, rows, and after its bytes', (kind) => {
    const calibration = fitCalibration(kind, y, outOfFold)
    const model = new CalibratedModel(inner, calibration)
    const scores = model.predict(table)
    expect(scores).toEqual(inner.predict(table).map((score) => calibrate(calibration, score)))
    const bytes = serialiseModel(model)
    const loaded = loadModel(bytes)
    expect(serialiseModel(loaded)).toEqual(bytes)
    expect(loaded.predict(table)).toEqual(scores)
    expect(Array.from(scores, (_, row) => loaded.predictRow(rowOf(table, row)))).toEqual([...scores])
    expect(loaded).toMatchObject({ algorithm: 'logistic_regression', signature: inner.signature })
    expect(loaded.describe()).toEqual(model.describe())
    expect(loaded.describe()).toMatchObject({ algorithm: 'logistic_regression', calibration: { kind } })
    expect(
      logLoss(
        y,
        outOfFold.map((score) => calibrate(calibration, score)),
      ),
    ).toBeLessThan(logLoss(y, outOfFold))
  })

  it.each([
    ['a slope of 0', [], { kind: 'platt', slope: 0, intercept: 0, nRows: 5 }, 'found the slope 0'],
    ['more knots than bytes', [], { kind: 'isotonic', nKnots: 1e9 }, 'bytes after the header'],
    ['no knots', [], { kind: 'isotonic', nKnots: 0 }, 'does not rise'],
    ['knots out of order', [0.5, 0.2, 0.1, 0.9], { kind: 'isotonic', nKnots: 2 }, 'does not rise'],
    ['another kind of thing', [], undefined, 'contents that do not fit'],
  ])('refuses bytes with %s', (_, knots, calibration, reason) => {
    const header = { algorithm: 'calibrated', calibration }
    const bytes = sealEnvelope({
      header,
      parts: [Float64Array.from(knots), serialiseModel(inner)],
    })
    expect(() => loadModel(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_BYTES_INVALID' }))
    expect(() => loadModel(bytes)).toThrow(reason)
  })

  it('refuses bytes whose inner model is damaged', () => {
    const calibration: Calibration = { kind: 'platt', slope: 1, intercept: 0, nRows: 9 }
    const model = serialiseModel(inner)
    model[model.length - 1] ^= 1
    const bytes = sealEnvelope({
      header: { algorithm: 'calibrated', calibration } as { algorithm: string },
      parts: [model],
    })
    expect(() => loadModel(bytes)).toThrow('found the checksum')
  })
})
