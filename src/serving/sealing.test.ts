import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claimsInputs, createServingFixture, MODEL, shadow, type ServingFixture } from '../../test/serving.ts'
import { subjectOwner } from '../privacy/index.ts'
import { createPredictionIds, predictionTime } from './prediction-id.ts'
import { findPrediction, getPrediction } from './predictions.ts'
import { replay } from './replay.ts'
import { sealEarlierInputs } from './seal-earlier.ts'
import { createSealing, type NamedSubjects } from './sealing.ts'
import type { Serving } from './serving.ts'

let fixture: ServingFixture
let serving: Serving
const inputs = claimsInputs(5)

beforeAll(async () => {
  fixture = await createServingFixture()
  await fixture.promote(await fixture.addVersion({ seed: 1 }))
  await fixture.deploy([shadow(await fixture.addVersion({ seed: 2 }))])
  serving = await fixture.serve()
})
afterAll(() => fixture.close())

const parts = () => ({ artifacts: fixture.artifacts, keys: fixture.keys.data })
const ask = async (named: NamedSubjects, given: unknown = inputs) =>
  (await serving.predict({ model: MODEL, inputs: given, actor: 'local', ...named })).predictions.map(({ id }) => id)
const rowsOf = async (ids: string[]) =>
  (await fixture.db.$client.query('select * from predictions where id = any($1) order by id', [ids])).rows

describe('the log of predictions', () => {
  test('holds neither inputs nor subjects in clear', async () => {
    const marked = { ...inputs[0], provider: 'clinic-of-MARKER-1' }
    const ids = await ask({ subject: 'person-MARKER-2' }, [marked])
    const [row] = await rowsOf(ids)
    for (const value of Object.values(row))
      expect(Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)).not.toContain('MARKER')
    expect(fixture.keys.pseudonyms.pseudonyms('person-MARKER-2')).toEqual([row.subject])
    expect((await getPrediction(fixture.db, fixture.keys.data, ids[0])).input).toEqual(marked)
  })

  test('has a subject for each input, one for all, or none', async () => {
    const of = fixture.keys.pseudonyms.pseudonyms
    const [a] = of('a')
    const [b] = of('b')
    const each = await rowsOf(await ask({ subjects: ['a', null, 'b', 'a', null] }))
    expect(each.map(({ subject }) => subject)).toEqual([a, null, b, a, null])
    expect((await rowsOf(await ask({ subject: 'a' }))).map(({ subject }) => subject)).toEqual([a, a, a, a, a])
    expect((await rowsOf(await ask({}))).map(({ subject }) => subject)).toEqual(inputs.map(() => null))
  })

  test.each([
    [{ subject: 'a', subjects: ['a', 'a', 'a', 'a', 'a'] }, 'both subject and subjects for 5 inputs'],
    [{ subjects: ['a'] }, '1 subjects for 5 inputs'],
  ])('refuses %j', async (named, message) => {
    await expect(ask(named)).rejects.toMatchObject({
      code: 'SUBJECTS_INVALID',
      message: expect.stringContaining(message),
    })
  })
})

test('after a subject is erased its predictions and their shadows cannot be replayed, those of others can', async () => {
  const [mine, other, nobodys] = await ask({ subjects: ['erase-me', 'other', null] }, inputs.slice(0, 3))
  await serving.drainShadow()
  const { rows } = await fixture.db.$client.query('select id from predictions where mirrors = $1', [mine])
  const { score } = (await findPrediction(fixture.db, fixture.keys.data, mine))!
  await fixture.keys.data.destroy([subjectOwner('erase-me')])
  expect(await replay(fixture.db, parts(), mine)).toEqual({
    id: mine,
    erased: true,
    logged: score,
    modelVersion: '1.0.0',
  })
  expect(await replay(fixture.db, parts(), rows[0].id)).toMatchObject({ id: rows[0].id, erased: true })
  expect(await getPrediction(fixture.db, fixture.keys.data, mine)).toMatchObject({ input: null, erased: true, score })
  for (const id of [other, nobodys]) expect(await replay(fixture.db, parts(), id)).toMatchObject({ equal: true })
})

test('a new day has a new key', async () => {
  let nowMs = Date.parse('2026-11-21T23:59:59Z')
  const sealing = createSealing(fixture.keys, () => nowMs)
  const [before, same] = await sealing.of({}, 2)
  expect(same.key).toBe(before.key)
  nowMs += 2_000
  const [after] = await sealing.of({}, 1)
  expect(after.key.digest('x')).not.toBe(before.key.digest('x'))
})

test('inputs that an earlier release logged in clear are sealed at the start and stay replayable', async () => {
  const ids = await ask({})
  const nextId = createPredictionIds(() => Date.now() - 1_000)
  const earlier = inputs.map(() => nextId().id)
  for (const [i, id] of earlier.entries())
    await fixture.db.$client.query(
      `insert into predictions (id, at, model, version, variant, source, actor, input, input_digest, score, decision, latency_us)
       select $1, $2, model, version, variant, source, actor, $3, 'd', score, decision, latency_us from predictions where id = $4`,
      [id, predictionTime(id), JSON.stringify(inputs[i]), ids[i]],
    )
  expect((await replay(fixture.db, parts(), earlier[0])).erased).toBe(false)
  await fixture.serve()
  const rows = await rowsOf(earlier)
  expect(rows.map(({ input }) => input)).toEqual(inputs.map(() => null))
  for (const [i, id] of earlier.entries()) {
    expect((await getPrediction(fixture.db, fixture.keys.data, id)).input).toEqual(inputs[i])
    expect(await replay(fixture.db, parts(), id)).toMatchObject({ equal: true })
  }
  expect(await sealEarlierInputs(fixture.db, createSealing(fixture.keys, Date.now))).toBe(0)
})
