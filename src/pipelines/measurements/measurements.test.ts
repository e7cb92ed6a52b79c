import { afterAll, beforeAll, expect, test } from 'vitest'
import { openListener, type Db, type Listener } from '../../platform/index.ts'
import { createTestDatabase } from '../../../test/database.ts'
import type { Series } from '../schemas.ts'
import { MEASUREMENTS_CHANNEL, openMeasurements, readMeasurements } from './measurements.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
let listener: Listener

beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
  listener = await openListener(database.connection)
})
afterAll(async () => {
  await listener.close()
  await database.close()
})

const folds: Series = { subject: 'random_forest', metric: 'rocAuc', over: 'fold', on: 'validation', last: 5 }
const loss = (fold: number): Series => ({
  subject: 'gradient_boosting',
  metric: 'logLoss',
  over: 'iteration',
  on: 'validation',
  fold,
})
const read = (runId: string, after = 0) => readMeasurements(db, { runId, after, limit: 100 })

test('what is measured is stored in pieces of series, numbered within the run, and told to who listens', async () => {
  const told: string[] = []
  const stop = listener.listen(MEASUREMENTS_CHANNEL, (payload) => void told.push(payload))
  const first = openMeasurements(db, { runId: 'r1', step: 'a', attempt: 1 })
  first.measure(folds, 1, 0.8)
  first.measure(loss(1), 1, 0.6)
  first.measure(folds, 2, 0.9)
  await first.end()
  const second = openMeasurements(db, { runId: 'r1', step: 'b', attempt: 2 })
  second.measure(loss(2), 1, 0.5)
  await second.end()
  const at = expect.any(String)
  expect(await read('r1')).toEqual([
    { seq: 1, at, step: 'a', attempt: 1, series: folds, points: [[1, 0.8], [2, 0.9]] }, // prettier-ignore
    { seq: 2, at, step: 'a', attempt: 1, series: loss(1), points: [[1, 0.6]] },
    { seq: 3, at, step: 'b', attempt: 2, series: loss(2), points: [[1, 0.5]] },
  ])
  expect((await read('r1', 2)).map(({ seq }) => seq)).toEqual([3])
  await expect.poll(() => told).toEqual(['r1', 'r1'])
  stop()
})

test('steps that measure at once get numbers without gaps', async () => {
  const steps = ['a', 'b', 'c'].map((step) => openMeasurements(db, { runId: 'r2', step, attempt: 1 }))
  for (const { measure } of steps) for (let fold = 1; fold <= 3; fold++) measure(loss(fold), 1, 0.5)
  await Promise.all(steps.map((step) => step.end()))
  expect((await read('r2')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('a long series is thinned and ends with its last point; what is no number and more than 200 series are left out', async () => {
  const { measure, end } = openMeasurements(db, { runId: 'r3', step: 'a', attempt: 1 })
  for (let x = 1; x <= 5_000; x++) measure(loss(1), x, 1 / x)
  measure(loss(1), 5_001, Number.NaN)
  for (let fold = 2; fold <= 300; fold++) measure(loss(fold), 1, 0.5)
  await end()
  const stored = await readMeasurements(db, { runId: 'r3', after: 0, limit: 1_000 })
  const points = stored.filter(({ series }) => series.fold === 1).flatMap((piece) => piece.points)
  expect(points.length).toBeLessThan(600)
  expect(points.at(-1)).toEqual([5_000, 1 / 5_000])
  expect(new Set(stored.map(({ series }) => series.fold)).size).toBe(200)
})
