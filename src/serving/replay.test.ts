import { afterAll, beforeAll, expect, test } from 'vitest'
import { claimsInputs, createServingFixture, MODEL, shadow, type ServingFixture } from '../../test/serving.ts'
import { createPredictionIds } from './prediction-id.ts'
import { getPrediction, listPredictions } from './predictions.ts'
import { replay } from './replay.ts'
import type { Serving } from './serving.ts'

let fixture: ServingFixture
let serving: Serving
let version: string
const unseen = { amount: 12.34, age: null, provider: 'Физиотерапия "Süd" 🦴' }
const inputs = [...claimsInputs(30), unseen]

beforeAll(async () => {
  fixture = await createServingFixture()
  version = await fixture.addVersion({ seed: 1 })
  await fixture.promote(version)
  await fixture.deploy([shadow(await fixture.addVersion({ seed: 2 }))])
  serving = await fixture.serve()
})
afterAll(() => fixture.close())

const parts = () => ({ artifacts: fixture.artifacts, keys: fixture.keys.data })
const ask = async (given: unknown) =>
  (await serving.predict({ model: MODEL, inputs: given, actor: 'local' })).predictions

test('every logged prediction comes out again to the bit, from its input and the model file alone', async () => {
  const predictions = [...(await ask(inputs)), ...(await Promise.all(inputs.map(ask))).flat()]
  const { rows } = await fixture.db.$client.query('select artifact from model_versions where version = $1', [version])
  for (const { id, score } of predictions)
    expect(await replay(fixture.db, parts(), id)).toEqual({
      id,
      erased: false,
      equal: true,
      logged: score,
      replayed: score,
      modelVersion: version,
      artifact: rows[0].artifact,
    })
})

test('a shadow is replayed from the input of what it mirrors', async () => {
  const [{ id }] = await ask(unseen)
  await serving.drainShadow()
  const { rows } = await fixture.db.$client.query('select id from predictions where mirrors = $1', [id])
  expect(await replay(fixture.db, parts(), rows[0].id)).toMatchObject({ equal: true })
})

test('a score that was tampered with in the log is found', async () => {
  const [{ id, score }] = await ask(inputs[0])
  const tampered = score === 1 ? 1 - Number.EPSILON / 2 : score + Number.EPSILON / 4 + score * Number.EPSILON
  await fixture.db.$client.query('update predictions set score = $2 where id = $1', [id, tampered])
  expect(await replay(fixture.db, parts(), id)).toMatchObject({
    equal: false,
    logged: tampered,
    replayed: score,
  })
})

test('a model file that is not what was registered is not replayed', async () => {
  const [{ id }] = await ask(inputs[0])
  const corrupt = { get: async () => Buffer.from('ASSAYMDL and then nothing of use') }
  await expect(replay(fixture.db, { ...parts(), artifacts: corrupt }, id)).rejects.toMatchObject({
    code: 'MODEL_BYTES_INVALID',
  })
})

test('what was never predicted cannot be replayed, nor what never had a score', async () => {
  await expect(replay(fixture.db, parts(), 'claim-1')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(replay(fixture.db, parts(), createPredictionIds(Date.now)().id)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const [{ id }] = await ask(inputs[0])
  await serving.drainShadow()
  const { rows } = await fixture.db.$client.query(
    `update predictions set score = null, decision = null, error = 'it broke' where mirrors = $1 returning id`,
    [id],
  )
  await expect(replay(fixture.db, parts(), rows[0].id)).rejects.toMatchObject({
    code: 'REPLAY_IMPOSSIBLE',
    message: `Prediction ${rows[0].id} cannot be replayed: it broke`,
  })
})

test('a prediction is found with its input and the digest of it', async () => {
  const [{ id, score, decision }] = await ask(unseen)
  const canonical = `{"age":null,"amount":12.34,"provider":${JSON.stringify(unseen.provider)}}`
  const [key] = await fixture.keys.data.of([`day:${new Date().toISOString().slice(0, 10)}`])
  expect(await getPrediction(fixture.db, fixture.keys.data, id)).toMatchObject({
    id,
    score,
    decision,
    model: MODEL,
    version,
    variant: 'champion',
    source: 'api',
    actor: 'local',
    input: unseen,
    erased: false,
    inputDigest: key.digest(canonical),
    mirrors: null,
    error: null,
    outcome: null,
  })
})

test('predictions are listed newest first, page by page, shadows only when asked for', async () => {
  const made = (await ask(inputs)).map(({ id }) => id)
  await serving.drainShadow()
  const seen: string[] = []
  let cursor: string | undefined
  while (seen.length < made.length) {
    const page = await listPredictions(fixture.db, fixture.keys.data, { limit: 7, model: MODEL, cursor })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor!
  }
  expect(seen.slice(0, made.length)).toEqual(made.toReversed())
  const shadows = await listPredictions(fixture.db, fixture.keys.data, { limit: 200, variant: 'shadow' })
  expect(new Set(shadows.items.map(({ variant }) => variant))).toEqual(new Set(['shadow']))
  expect(await listPredictions(fixture.db, fixture.keys.data, { limit: 5, model: 'other' })).toEqual({
    items: [],
    nextCursor: null,
  })
  await expect(listPredictions(fixture.db, fixture.keys.data, { limit: 5, cursor: 'page 2' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})
