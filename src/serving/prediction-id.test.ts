import { expect, test } from 'vitest'
import { createPredictionIds, predictionTime } from './prediction-id.ts'

const NOW = Date.UTC(2026, 10, 21, 9, 30, 15, 123)

test('an id is a UUID version 7 that carries its instant', () => {
  const { id, atMs } = createPredictionIds(() => NOW)()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(atMs).toBe(NOW)
  expect(predictionTime(id)).toEqual(new Date(NOW))
  expect(predictionTime(id.toUpperCase())).toEqual(new Date(NOW))
})

test('ids grow and differ, in one millisecond, beyond its 4,096 and when the clock jumps back', () => {
  let now = NOW
  const next = createPredictionIds(() => now)
  const ids = Array.from({ length: 10_000 }, () => next())
  now = NOW - 60_000
  ids.push(next(), next())
  expect(ids.map(({ id }) => id)).toEqual([...ids].map(({ id }) => id).sort())
  expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length)
  expect(ids.at(-1)!.atMs).toBe(NOW + 2)
  for (const { id, atMs } of ids) expect(predictionTime(id)!.getTime()).toBe(atMs)
})

test.each(['', 'claim-1', '01890a5d-ac96-474b-bcce-b302099a8057', "'; drop table predictions; --"])(
  '%j is no prediction id',
  (text) => expect(predictionTime(text)).toBeUndefined(),
)
