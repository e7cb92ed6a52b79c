import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimsInputs, createServingFixture, MODEL, shadow, type ServingFixture } from '../../test/serving.ts'
import { withTransaction } from '../platform/index.ts'
import { outcomeHistory, recordOutcomes, type NewOutcome } from './outcomes.ts'
import { createPredictionIds } from './prediction-id.ts'
import { findPrediction } from './predictions.ts'
import type { Serving } from './serving.ts'

let fixture: ServingFixture
let serving: Serving

beforeAll(async () => {
  fixture = await createServingFixture()
  await fixture.promote(await fixture.addVersion({ seed: 1 }))
  await fixture.deploy([shadow(await fixture.addVersion({ seed: 2 }))])
  serving = await fixture.serve()
})
afterAll(() => fixture.close())

async function predict(n: number): Promise<string[]> {
  const { predictions } = await serving.predict({ model: MODEL, inputs: claimsInputs(n), actor: 'local' })
  return predictions.map(({ id }) => id)
}

const record = (outcomes: NewOutcome[], { actor = 'assessor', now }: { actor?: string; now?: Date } = {}) =>
  withTransaction(fixture.db, (tx) => recordOutcomes(tx, { outcomes, actor, now }))

const outcomeEvents = async () =>
  (await fixture.db.$client.query(`select data from events_inbox where type = 'outcomes.corrected'`)).rows

test('outcomes join their predictions, however late, in bulk', async () => {
  const ids = await predict(500)
  const now = new Date('2027-03-01T00:00:00.000Z')
  const outcomes = ids.map((predictionId, i) => ({ predictionId, label: (i % 2) as 0 | 1 }))
  expect(await record(outcomes, { now })).toEqual({ accepted: 500, corrected: 0, unchanged: 0, unknown: [] })
  expect((await findPrediction(fixture.db, fixture.keys.data, ids[1]))!.outcome).toEqual({
    label: 1,
    observedAt: now.toISOString(),
    recordedAt: now.toISOString(),
    nCorrections: 0,
  })
})

test('the same again changes nothing', async () => {
  const [id] = await predict(1)
  const outcome: NewOutcome = { predictionId: id, label: 1, observedAt: '2026-12-01T00:00:00.000Z' }
  await record([outcome])
  expect(await record([outcome, { ...outcome, predictionId: id.toUpperCase() }])).toEqual({
    accepted: 0,
    corrected: 0,
    unchanged: 2,
    unknown: [],
  })
  expect(await record([{ predictionId: id, label: 1 }])).toMatchObject({ unchanged: 1 })
  expect(await outcomeHistory(fixture.db, id)).toHaveLength(1)
})

test('a correction holds, what it corrects stays in the history, and an event tells of it', async () => {
  const [id] = await predict(1)
  await record([{ predictionId: id, label: 0, observedAt: '2026-12-01T00:00:00Z' }])
  const before = await outcomeEvents()
  expect(
    await record([{ predictionId: id, label: 1, observedAt: '2027-01-01T00:00:00Z' }], { actor: 'court' }),
  ).toMatchObject({
    accepted: 0,
    corrected: 1,
  })
  expect(await record([{ predictionId: id, label: 1, observedAt: '2027-01-02T00:00:00Z' }])).toMatchObject({
    corrected: 1,
  })
  expect((await findPrediction(fixture.db, fixture.keys.data, id))!.outcome).toMatchObject({
    label: 1,
    nCorrections: 2,
  })
  expect(await outcomeHistory(fixture.db, id)).toMatchObject([
    { revision: 1, label: 0, observedAt: '2026-12-01T00:00:00.000Z', recordedBy: 'assessor' },
    { revision: 2, label: 1, observedAt: '2027-01-01T00:00:00.000Z', recordedBy: 'court' },
    { revision: 3, label: 1, observedAt: '2027-01-02T00:00:00.000Z', recordedBy: 'assessor' },
  ])
  expect(await outcomeEvents()).toHaveLength(before.length + 2)
})

test('ids that no answered prediction has are reported and the others recorded', async () => {
  const [id] = await predict(1)
  await serving.drainShadow()
  const { rows } = await fixture.db.$client.query('select id from predictions where mirrors = $1', [id])
  const never = createPredictionIds(Date.now)().id
  const unknown = ['claim-7', never, rows[0].id, '00000000-0000-4000-8000-000000000000']
  const outcomes = [id, ...unknown].map((predictionId) => ({ predictionId, label: 1 as const }))
  expect(await record(outcomes)).toEqual({ accepted: 1, corrected: 0, unchanged: 0, unknown })
})

test('two different outcomes of one prediction in one request are refused, and nothing is recorded', async () => {
  const [a, b] = await predict(2)
  const outcomes: NewOutcome[] = [
    { predictionId: a, label: 1 },
    { predictionId: b, label: 0 },
    { predictionId: a, label: 0 },
  ]
  await expect(record(outcomes)).rejects.toMatchObject({ code: 'OUTCOMES_CONTRADICTORY', kind: 'invalid' })
  expect(await outcomeHistory(fixture.db, b)).toEqual([])
})

test('of many who say different things at the same time, each is kept and one holds', async () => {
  const [id] = await predict(1)
  const receipts = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      record([{ predictionId: id, label: (i % 2) as 0 | 1, observedAt: `2027-01-0${i + 1}T00:00:00Z` }]),
    ),
  )
  expect(receipts.filter(({ accepted }) => accepted === 1)).toHaveLength(1)
  expect(receipts.filter(({ corrected }) => corrected === 1)).toHaveLength(7)
  const history = await outcomeHistory(fixture.db, id)
  expect(history.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})
