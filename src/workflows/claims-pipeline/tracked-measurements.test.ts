import { expect, test } from 'vitest'
import type { Measurements } from '../../pipelines/index.ts'
import { trackedMeasurements } from './tracked-measurements.ts'

const at = '2026-03-01T10:00:00.000Z'
const piece = (series: Partial<Measurements['series']>, points: number[][]): Measurements => ({
  seq: 1,
  at,
  step: 'train:a',
  attempt: 1,
  series: { subject: 'a', metric: 'rocAuc', over: 'fold', on: 'validation', ...series },
  points,
})

test('a series is a metric whose steps are its x, each fold one of its own', () => {
  const timestamp = Date.parse(at)
  expect(
    trackedMeasurements([
      piece({ last: 2 }, [[1, 0.8], [2, 0.9]]), // prettier-ignore
      piece({ metric: 'logLoss', over: 'trees', on: 'training', fold: 2 }, [[7, 0.5]]),
    ]),
  ).toEqual([
    { key: 'a/validation_rocAuc_by_fold', step: 1, value: 0.8, timestamp },
    { key: 'a/validation_rocAuc_by_fold', step: 2, value: 0.9, timestamp },
    { key: 'a/training_logLoss_by_trees/fold_2', step: 7, value: 0.5, timestamp },
  ])
})

test('a point between two steps is left out', () => {
  expect(trackedMeasurements([piece({}, [[0.5, 0.8]])])).toEqual([])
})
