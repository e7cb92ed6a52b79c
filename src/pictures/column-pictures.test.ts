import { describe, expect, it } from 'vitest'
import { binShares, distributionDiffPicture } from './distribution-diff.ts'
import { drawn, faultsOf } from './drawn.fixture.ts'
import { foldScoresPicture } from './fold-scores.ts'
import { histogramPicture } from './histogram.ts'
import { importancePicture } from './importance.ts'
import { learningCurvePicture } from './learning-curve.ts'
import { missingnessPicture } from './missingness.ts'
import { topValuesPicture } from './top-values.ts'

const sets = { reference: 'version 1', current: 'version 2' }
const long = 'a value so long that nobody would want to read it beside its bar & <b>'

describe('histogramPicture', () => {
  const bins = [
    { from: 0, to: 10, n: 5 },
    { from: 10, to: 20, n: 12 },
    { from: 20, to: 30, n: 0 },
  ]
  it('draws a bar for each bin, with the axis named', () => {
    const { words, nMarks } = drawn(histogramPicture({ name: 'billed', unit: 'USD', bins }))
    expect(nMarks('bins')).toBe(3)
    expect(words).toEqual(expect.arrayContaining(['billed (USD)', 'rows', '0 USD to 30 USD · 17 rows with a value']))
  })

  it('writes days as dates', () => {
    const picture = histogramPicture({ name: 'born', bins: [{ from: 0, to: 366, n: 4 }], isDate: true })
    expect(drawn(picture).words[0]).toBe('1970-01-01 to 1971-01-02 · 4 rows with a value')
    expect(faultsOf(picture)).toEqual([])
  })

  it.each([
    ['many bins', bins],
    ['a single value', [{ from: 4, to: 4, n: 9 }]],
    ['no bin', []],
    ['bins without rows', [{ from: 0, to: 1, n: 0 }]],
    ['numbers below zero and huge ones', [{ from: -1e12, to: 1e15, n: 9 }]],
  ])('is sound for %s', (_, bins) => expect(faultsOf(histogramPicture({ name: 'x', bins }))).toEqual([]))
})

describe('topValuesPicture', () => {
  it('has a bar for each value and one for the others', () => {
    const values = [
      { value: 'in network', n: 70 },
      { value: '', n: 20 },
    ]
    const { words, nMarks } = drawn(topValuesPicture({ name: 'network', values, nRows: 100, nDistinct: 7 }))
    expect(nMarks('values')).toBe(3)
    expect(words).toEqual(expect.arrayContaining(['in network', '(empty text)', '5 other values', '70.0 %', '10.0 %']))
  })

  it.each([
    ['long values', [{ value: long, n: 3 }], 3, 1],
    ['none', [], 0, 0],
  ])('is sound for %s', (_, values, nRows, nDistinct) => {
    expect(faultsOf(topValuesPicture({ name: 'x', values, nRows, nDistinct }))).toEqual([])
  })

  it('never writes markup of a value into the picture', () => {
    expect(
      drawn(topValuesPicture({ name: long, values: [{ value: long, n: 3 }], nRows: 3, nDistinct: 1 })).text,
    ).not.toContain('<b>')
  })
})

describe('missingnessPicture', () => {
  const columns = Array.from({ length: 30 }, (_, i) => ({ name: `column ${i}`, shareMissing: i / 40 }))
  it('shows the emptiest columns first and counts all', () => {
    const { words, nMarks } = drawn(missingnessPicture({ columns, most: 5 }), 900)
    expect(nMarks('columns')).toBe(5)
    expect(words[0]).toBe('29 of 30 columns lack values · the 5 emptiest are shown')
    const names = words.filter((text) => text.startsWith('column '))
    expect(names).toEqual(['column 29', 'column 28', 'column 27', 'column 26', 'column 25'])
  })

  it('says so when nothing is missing', () => {
    const full = [{ name: 'age', shareMissing: 0 }]
    expect(drawn(missingnessPicture({ columns: full }), 900).words).toEqual([
      'Every row has a value in each of the 1 columns.',
    ])
    for (const some of [columns, full, []]) expect(faultsOf(missingnessPicture({ columns: some }))).toEqual([])
  })
})

describe('distributionDiffPicture', () => {
  it('gives each set shares that add up to one, whatever their sizes', () => {
    const rows = binShares(
      [
        { label: 'low', reference: 300, current: 1 },
        { label: 'high', reference: 100, current: 3 },
      ],
      sets,
    )
    expect(rows).toEqual([
      { label: 'low', set: 'version 1', share: 0.75 },
      { label: 'low', set: 'version 2', share: 0.25 },
      { label: 'high', set: 'version 1', share: 0.25 },
      { label: 'high', set: 'version 2', share: 0.75 },
    ])
  })

  it('makes zeros, not NaN, of a set without rows', () => {
    const bins = [{ label: 'a', reference: 0, current: 0 }]
    expect(binShares(bins, sets).map((row) => row.share)).toEqual([0, 0])
    expect(faultsOf(distributionDiffPicture({ name: 'x', bins, sets }))).toEqual([])
  })

  it('draws both sets and tells them apart in words', () => {
    const bins = ['a', 'b', long].map((label, i) => ({ label, reference: i + 1, current: 3 - i }))
    const picture = distributionDiffPicture({ name: 'cover', unit: 'months', bins, sets })
    const { words, text } = drawn(picture)
    expect(text.match(/<title>/g)).toHaveLength(1 + 6)
    expect(words).toContain('cover (months)')
    expect(words.join(' ')).toContain('left: version 1, right: version 2')
    expect(faultsOf(picture)).toEqual([])
    expect(faultsOf(distributionDiffPicture({ name: 'x', bins: [], sets }))).toEqual([])
  })
})

describe('learningCurvePicture', () => {
  const points = [1, 2].flatMap((fold) =>
    [10, 0, 20].flatMap((step) => [
      { step, value: 0.6 + step / 100, set: 'validation' as const, fold },
      { step, value: 0.7 + step / 100, set: 'training' as const, fold },
    ]),
  )
  it('has a line for each fold and set, in the order of steps', () => {
    const {
      nMarks,
      points: pixels,
      words,
    } = drawn(learningCurvePicture({ metric: 'AUC', step: 'trees', points, chosenStep: 10 }))
    expect(nMarks('validation')).toBe(2)
    expect(nMarks('training')).toBe(2)
    expect(nMarks('kept')).toBe(1)
    const across = pixels('validation').map(([x]) => x)
    expect(across).toEqual(across.toSorted((a, b) => a - b))
    expect(words).toEqual(expect.arrayContaining(['AUC', 'trees']))
  })

  it('marks the best of each validation line, whichever way is good, in a frame that leaves room for what is to come', () => {
    const of = (better: 'lower' | 'higher', some = points) =>
      drawn(learningCurvePicture({ metric: 'Log-loss', step: 'iteration', points: some, better, lastStep: 100 }), 900)
    expect(of('lower').nMarks('best')).toBe(2)
    expect(of('lower').words.join(' ')).toContain('best so far, mean of 2 folds 0.600')
    expect(of('higher').words.join(' ')).toContain('best so far, mean of 2 folds 0.800')
    const one = of('lower', points.slice(0, 6))
    expect(one.words.join(' ')).toContain('best so far 0.600 at iteration 0')
    expect(one.words).toContain('100')
    expect(
      of(
        'lower',
        points.filter(({ set }) => set === 'training'),
      ).nMarks('best'),
    ).toBe(0)
  })

  it.each([
    ['many points', points],
    ['one', points.slice(0, 1)],
    ['none', []],
    ['one that is no number', [{ step: 1, value: Number.NaN, set: 'validation' as const }]],
  ])('is sound for %s', (_, points) => {
    expect(faultsOf(learningCurvePicture({ metric: 'AUC', step: 'trees', points }))).toEqual([])
  })
})

describe('foldScoresPicture', () => {
  it('has a dot for each fold and a mean for each algorithm', () => {
    const scores = [
      { algorithm: 'random forest', fold: 1, value: 0.8 },
      { algorithm: 'random forest', fold: 2, value: 0.9 },
      { algorithm: 'logistic regression', fold: 1, value: 0.7 },
    ]
    const picture = foldScoresPicture({ metric: 'AUC', scores, nFolds: 5 })
    const { nMarks, words } = drawn(picture, 900)
    expect(nMarks('folds')).toBe(3)
    expect(nMarks('means')).toBe(2)
    expect(words[0]).toContain('random forest: mean 0.850 of 2 folds')
    for (const some of [scores, scores.slice(0, 1), []]) {
      expect(faultsOf(foldScoresPicture({ metric: 'AUC', scores: some, nFolds: 5 }))).toEqual([])
    }
  })
})

describe('importancePicture', () => {
  it('has a bar and an interval for each feature, the largest on top', () => {
    const rows = [
      { feature: 'age', mean: 0.01, lower: -0.01, upper: 0.02 },
      { feature: 'billed amount', mean: 0.2, lower: 0.15, upper: 0.24 },
    ]
    const { nMarks, words } = drawn(importancePicture({ rows }))
    expect([nMarks('importance'), nMarks('intervals')]).toEqual([2, 2])
    expect(words.slice(0, 2)).toEqual(['billed amount', 'age'])
    for (const some of [rows, []]) expect(faultsOf(importancePicture({ rows: some }))).toEqual([])
  })
})
