import { describe, expect, it } from 'vitest'
import { calibrationPicture } from './calibration.ts'
import { confusionMatrixPicture } from './confusion-matrix.ts'
import type { Curves } from './curves.ts'
import { curvesOf, scoredRows } from './curves.fixture.ts'
import { nearestDecision } from './decision.ts'
import { drawn, faultsOf } from './drawn.fixture.ts'
import { gainPicture } from './gain.ts'
import type { Picture } from './picture.ts'
import { precisionRecallPicture } from './precision-recall.ts'
import { rocPicture } from './roc.ts'
import { thresholdTradeoffPicture } from './threshold-tradeoff.ts'

const curves = curvesOf(scoredRows(80, 240))
const costs = { falsePositive: 50, falseNegative: 400 }

const pictures: Record<string, (curves: Curves) => Picture> = {
  roc: (curves) => rocPicture({ curves, threshold: 0.5 }),
  precisionRecall: (curves) => precisionRecallPicture({ curves, threshold: 0.5 }),
  calibration: (curves) => calibrationPicture({ curves }),
  gain: (curves) => gainPicture({ curves }),
  thresholdTradeoff: (curves) => thresholdTradeoffPicture({ curves, costs, costUnit: 'USD', threshold: 0.5 }),
  confusionMatrix: ({ thresholds }) => confusionMatrixPicture({ decision: nearestDecision(thresholds, 0.5)! }),
}

describe.each(Object.entries(pictures))('%s', (_, pictureOf) => {
  it.each([
    ['many rows', 80, 240],
    ['few', 3, 4],
    ['one of each class', 1, 1],
    ['no positive', 0, 20],
    ['no negative', 20, 0],
    ['no row', 0, 0],
  ])('is sound for %s', (_, nPositive, nNegative) => {
    expect(faultsOf(pictureOf(curvesOf(scoredRows(nPositive, nNegative))))).toEqual([])
  })

  it('can be read back from JSON, where an infinite threshold is null', () => {
    expect(faultsOf(pictureOf(JSON.parse(JSON.stringify(curves))))).toEqual([])
  })
})

it('points that lack a figure are left out, and the curve goes on', () => {
  const { roc } = curves
  const holed = { ...roc, truePositiveRate: roc.truePositiveRate.map((value, i) => (i === 3 ? null : value)) }
  const { points, text } = drawn(rocPicture({ curves: { ...curves, roc: holed } }))
  expect(points('ROC curve')).toHaveLength(roc.threshold.length - 1)
  expect(text).not.toContain('null')
})

describe('rocPicture', () => {
  it('names its axes and draws a curve that rises from corner to corner', () => {
    const { words, points } = drawn(rocPicture({ curves }))
    expect(words).toEqual(expect.arrayContaining(['false positive rate (%)', 'true positive rate (%)', 'chance']))
    const line = points('ROC curve')
    expect(line.length).toBe(curves.roc.threshold.length)
    for (const [i, [x, y]] of line.entries()) {
      if (i === 0) continue
      expect(x).toBeGreaterThanOrEqual(line[i - 1][0])
      expect(y).toBeLessThanOrEqual(line[i - 1][1])
    }
    expect([line[0], line.at(-1)]).toEqual(points('chance'))
  })

  it('tells the area as it was measured, or as it is drawn', () => {
    const auc = { estimate: 0.912, lower: 0.895, upper: 0.928 }
    expect(drawn(rocPicture({ curves, auc })).words[0]).toBe('AUC 0.912 (0.895 to 0.928)')
    const rows = scoredRows(80, 240)
    const [positives, negatives] = [true, false].map((is) => rows.filter((row) => row.isPositive === is))
    let wins = 0
    for (const { score } of positives) {
      for (const other of negatives) wins += score > other.score ? 1 : score === other.score ? 0.5 : 0
    }
    expect(drawn(rocPicture({ curves })).words[0]).toBe(`AUC ${(wins / (80 * 240)).toFixed(3)}`)
  })

  it('marks the threshold in use, whichever way the points come', () => {
    const { roc } = curves
    const turned = {
      falsePositiveRate: roc.falsePositiveRate.toReversed(),
      truePositiveRate: roc.truePositiveRate.toReversed(),
      threshold: roc.threshold.toReversed(),
    }
    const [one, other] = [curves, { ...curves, roc: turned }].map((curves) =>
      drawn(rocPicture({ curves, threshold: 0.4 })),
    )
    expect(one.nMarks('threshold in use')).toBe(1)
    const words = one.words.find((text) => text.includes('at threshold 0.400'))
    expect(words).toBeDefined()
    expect(other.words).toContain(words)
    expect(drawn(rocPicture({ curves })).nMarks('threshold in use')).toBe(0)
  })
})

describe('precisionRecallPicture', () => {
  it('names its axes and what a guess would reach', () => {
    const { words, nMarks } = drawn(precisionRecallPicture({ curves, threshold: 0.5 }))
    expect(words).toEqual(expect.arrayContaining(['recall (%)', 'precision (%)', 'base rate']))
    expect(words.join(' ')).toContain('base rate 25.0 %')
    expect(nMarks('threshold in use')).toBe(1)
  })
})

describe('calibrationPicture', () => {
  it('has a point and an interval for each bin and the scores of either class below', () => {
    const { words, nMarks } = drawn(calibrationPicture({ curves }))
    expect(nMarks('bins')).toBe(10)
    expect(nMarks('intervals')).toBe(10)
    expect(nMarks('positive rows')).toBe(20)
    expect(nMarks('negative rows')).toBe(20)
    expect(words.join(' ')).toContain('expected calibration error')
    expect(words).toEqual(expect.arrayContaining(['mean score (%)', 'observed rate of positives (%)', 'score (%)']))
  })
})

describe('gainPicture', () => {
  it('names its axes; the curve only rises', () => {
    const { words, points } = drawn(gainPicture({ curves }))
    expect(words).toEqual(expect.arrayContaining(['positives found (%)', 'lift (times chance)', 'random order']))
    const heights = points('gain').map(([, y]) => y)
    expect(heights).toEqual(heights.toSorted((a, b) => b - a))
    const { shareOfRows, shareOfPositives, lift } = curves.lift
    const fromFirstStep = {
      shareOfRows: shareOfRows.slice(1),
      shareOfPositives: shareOfPositives.slice(1),
      lift: lift.slice(1),
    }
    expect(drawn(gainPicture({ curves: { ...curves, lift: fromFirstStep } })).points('gain')).toEqual(points('gain'))
  })
})

describe('thresholdTradeoffPicture', () => {
  it('draws the cost only where costs are given, with the least one marked', () => {
    expect(drawn(thresholdTradeoffPicture({ curves })).nMarks('expected cost')).toBe(0)
    const { words, nMarks } = drawn(thresholdTradeoffPicture({ curves, costs, costUnit: 'USD' }))
    expect(nMarks('least cost')).toBe(1)
    expect(words).toContain('expected cost a row (USD)')
  })

  it('leaves a gap where precision is not defined, instead of a zero', () => {
    const last = curves.thresholds.at(-1)!
    expect(last.truePositives + last.falsePositives).toBe(0)
    const { points } = drawn(thresholdTradeoffPicture({ curves }))
    expect(points('precision').length).toBeLessThan(points('recall').length)
  })
})

describe('confusionMatrixPicture', () => {
  it('shows four counts with their share of the truth, and which are right in words', () => {
    const decision = { threshold: 0.5, truePositives: 30, falsePositives: 10, falseNegatives: 20, trueNegatives: 1_140 }
    const { words, nMarks } = drawn(confusionMatrixPicture({ decision }))
    expect(nMarks('cells')).toBe(4)
    expect(words).toEqual(expect.arrayContaining(['30', '20', '10', '1,140', '✓ right, 60.0 %', '✗ wrong, 40.0 %']))
    expect(words).toEqual(expect.arrayContaining(['decided', 'in truth', 'refer', 'approve']))
  })
})
