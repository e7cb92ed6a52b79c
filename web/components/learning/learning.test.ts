import { expect, it } from 'vitest'
import type { MeasuredSeries } from '../../api/measured-series.ts'
import { foldWords, learningOf, withUntold } from './learning.ts'

const series = (over: Partial<MeasuredSeries>, ...points: [number, number][]): MeasuredSeries => ({
  step: 'full_train',
  attempt: 1,
  subject: 'random_forest',
  metric: 'rocAuc',
  over: 'fold',
  on: 'validation',
  points: points.map(([x, y]) => ({ x, y })),
  ...over,
})
const boosting = { subject: 'gradient_boosting', metric: 'logLoss', over: 'iteration' }

it('sorts what was measured by algorithm: scores of folds, and curves with a line for each fold and set', () => {
  const [forest, boosted] = learningOf([
    series({ last: 5 }, [1, 0.8], [2, 0.9]),
    series({ metric: 'logLoss', last: 5 }, [1, 0.4]),
    series({ ...boosting, fold: 1, on: 'training', last: 50 }, [1, 0.6]),
    series({ ...boosting, fold: 1, last: 100 }, [1, 0.7], [2, 0.65]),
  ])
  expect(forest).toEqual({
    algorithm: 'random_forest',
    nFolds: 5,
    scores: [
      { fold: 1, value: 0.8 },
      { fold: 2, value: 0.9 },
    ],
    curves: [],
  })
  expect(boosted).toMatchObject({ nFolds: 0, scores: [] })
  expect(boosted.curves).toEqual([
    {
      metric: 'logLoss',
      over: 'iteration',
      lastStep: 100,
      points: [
        { step: 1, value: 0.6, set: 'training', fold: 1 },
        { step: 1, value: 0.7, set: 'validation', fold: 1 },
        { step: 2, value: 0.65, set: 'validation', fold: 1 },
      ],
    },
  ])
})

it('says in words how far an algorithm is', () => {
  const [some] = learningOf([series({ last: 5 }, [1, 0.8], [2, 0.9])])
  expect(foldWords(some)).toBe('2 of 5 folds, mean AUC 0.850')
  expect(foldWords({ ...some, scores: [] })).toBe('no fold is done yet')
})

it('has every branch from the beginning, in their order', () => {
  const told = learningOf([series({}, [1, 0.8]), series({ subject: 'other' }, [1, 0.5])])
  const names = [{ name: 'train:gradient_boosting' }, { name: 'train:random_forest' }]
  expect(withUntold(told, names).map(({ algorithm, scores }) => [algorithm, scores.length])).toEqual([
    ['gradient_boosting', 0],
    ['random_forest', 1],
    ['other', 1],
  ])
})
