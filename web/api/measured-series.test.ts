import { expect, it } from 'vitest'
import { mergeMeasurements } from './measured-series.ts'
import type { Measurements, Series } from './types.ts'

const series: Series = { subject: 'a', metric: 'rocAuc', over: 'fold', on: 'validation' }
let seq = 0
const piece = (points: number[][], over: Partial<Measurements> = {}): Measurements => ({
  seq: ++seq,
  at: '2026-03-01T10:00:00.000Z',
  step: 'full_train',
  attempt: 1,
  series,
  points,
  ...over,
})
const pointsOf = (known: ReturnType<typeof mergeMeasurements>) =>
  known.map(({ points }) => points.map(({ x, y }) => [x, y]))

it('joins the pieces of a series in the order of x', () => {
  const known = mergeMeasurements([], [piece([[1, 0.1]]), piece([[2, 0.2]]), piece([[3, 0.3]])])
  expect(known).toMatchObject([{ subject: 'a', step: 'full_train', attempt: 1 }])
  expect(pointsOf(known)).toEqual([[[1, 0.1], [2, 0.2], [3, 0.3]]]) // prettier-ignore
})

it('keeps folds, metrics and steps apart', () => {
  const of = (more: Partial<Series>) => ({ series: { ...series, ...more } })
  const known = mergeMeasurements(
    [],
    [
      piece([[1, 0.1]]),
      piece([[1, 0.2]], of({ fold: 1 })),
      piece([[1, 0.3]], of({ metric: 'logLoss' })),
      piece([[1, 0.4]], { step: 'quick_train' }),
    ],
  )
  expect(pointsOf(known)).toEqual([[[1, 0.1]], [[1, 0.2]], [[1, 0.3]], [[1, 0.4]]])
})

it('takes the last word of an x that is told again', () => {
  const known = mergeMeasurements([], [piece([[1, 0.1], [2, 0.2]])]) // prettier-ignore
  expect(pointsOf(mergeMeasurements(known, [piece([[1, 0.5]])]))).toEqual([[[1, 0.5], [2, 0.2]]]) // prettier-ignore
})

it('begins anew with a new attempt of the step, and leaves other steps as they are', () => {
  const other = piece([[1, 0.9]], { step: 'quick_train' })
  const known = mergeMeasurements([], [piece([[1, 0.1], [2, 0.2]]), other]) // prettier-ignore
  const again = mergeMeasurements(known, [piece([[1, 0.5]], { attempt: 2 }), piece([[2, 0.2]])])
  expect(pointsOf(again)).toEqual([[[1, 0.9]], [[1, 0.5]]])
  expect(again[0]).toBe(known[1])
})

it('gives the same back when nothing came', () => {
  const known = mergeMeasurements([], [piece([[1, 0.1]])])
  expect(mergeMeasurements(known, [])).toBe(known)
})
