import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { chainEvents, eventHash } from './chainer.ts'
import { emitEvent } from './events.ts'
import { verifyChain } from './verify-chain.ts'

const N = 700
let database: Awaited<ReturnType<typeof createTestDatabase>>

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await query('truncate events, events_inbox')
  for (let i = 0; i < N; i++)
    await emitEvent(database.db, {
      type: 'model.promoted',
      actor: 'local',
      object: `model:m@1.0.${i}`,
      data: { nested: { b: i / 3, a: 'ü' }, n: i },
    })
  while ((await chainEvents(database.db)) > 0);
})

const query = (text: string, values: unknown[] = []) => database.db.$client.query(text, values)
const verify = (expected?: { position: number; hash: string }) => verifyChain(database.db, expected)

test('a chain that nobody touched is intact, an empty one too', async () => {
  const verdict = await verify()
  expect(verdict).toMatchObject({ intact: true, nEvents: N, fault: null, head: { position: N } })
  const { rows } = await query('select hash from events where position = $1', [N])
  expect(verdict.head!.hash).toBe(rows[0].hash)
  await query('truncate events')
  expect(await verify()).toEqual({ intact: true, nEvents: 0, head: null, fault: null })
})

test.each([
  ['content', `data = data || '{"n": -1}'`],
  ['actor', `actor = 'somebody'`],
  ['object', `object = 'model:m@9.9.9'`],
  ['type', `type = 'model.rolled_back'`],
  ['time', `at = at + interval '1 microsecond'`],
  ['hash', `hash = repeat('a', 64)`],
])('a changed %s is found and named', async (_, change) => {
  await query(`update events set ${change} where position = 350`)
  expect(await verify()).toMatchObject({ intact: false, nEvents: 349, fault: { position: 350, kind: 'altered' } })
})

test('an event that was taken out is named, the first one too', async () => {
  await query('delete from events where position = 350')
  expect(await verify()).toMatchObject({ intact: false, fault: { position: 350, kind: 'missing' } })
  await query('delete from events where position = 1')
  expect(await verify()).toMatchObject({ intact: false, nEvents: 0, fault: { position: 1, kind: 'missing' } })
})

test('an event that was rewritten with a hash of its own no longer fits its successor', async () => {
  const { rows } = await query('select * from events where position = 350')
  const event = { ...rows[0], at: rows[0].at.toISOString(), actor: 'somebody' }
  await query('update events set actor = $1, hash = $2 where position = 350', [
    event.actor,
    eventHash(event.previous_hash, event),
  ])
  expect(await verify()).toMatchObject({ intact: false, fault: { position: 351, kind: 'relinked' } })
})

test('a chain whose end was cut off, or that was made anew, shows against a head that was kept', async () => {
  const { head } = await verify()
  expect(await verify(head!)).toMatchObject({ intact: true })
  expect(await verify({ ...head!, hash: 'a'.repeat(64) })).toMatchObject({
    intact: false,
    fault: { position: N, kind: 'relinked' },
  })
  await query('delete from events where position > 690')
  expect(await verify()).toMatchObject({ intact: true, nEvents: 690 })
  expect(await verify(head!)).toMatchObject({ intact: false, fault: { position: 691, kind: 'missing' } })
})
