import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { withTransaction, type Db, type Tx } from '../platform/index.ts'
import { countReviewers, createActor, disableActor, ensureFirstActors, findActor, listActors } from './actors.ts'
import { createAuthenticator } from './authenticator.ts'
import { createKey, rotateKey } from './keys.ts'
import type { Role } from './permissions.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
beforeAll(async () => {
  database = await createTestDatabase()
  db = database.db
})
afterAll(() => database.close())

const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => withTransaction(db, work)
const by = 'local'
const newActor = (name: string, roles: Role[] = ['viewer']) =>
  inTransaction((tx) => createActor(tx, { name, roles, by }))
const newKey = (id: string, expiresAt?: Date) => inTransaction((tx) => createKey(tx, id, { by, expiresAt }))
const invalid = { code: 'KEY_INVALID' }

describe('a new installation', () => {
  it('gets its actors, and an administrator with a key that is shown once', async () => {
    const first = await inTransaction(ensureFirstActors)
    expect(first.adminKey).toMatch(/^assay_[\w-]{43}$/)
    expect(await inTransaction(ensureFirstActors)).toEqual({ adminKey: undefined })
    const admin = await createAuthenticator(db).authenticate(first.adminKey!, 'here')
    expect(admin).toEqual({ id: 'local', name: 'Local administrator', kind: 'person', roles: ['admin'] })
    expect((await listActors(db)).map((actor) => actor.id).sort()).toEqual(['first-start', 'local', 'pipeline'])
    expect(await countReviewers(db)).toBe(1)
  })

  it('gives out one key when two processes start at once', async () => {
    const other = await createTestDatabase()
    const both = await Promise.all([1, 2].map(() => withTransaction(other.db, ensureFirstActors)))
    expect(both.filter((one) => one.adminKey !== undefined)).toHaveLength(1)
    await other.close()
  })
})

describe('actors', () => {
  it('are counted as reviewers while they are persons who may approve', async () => {
    const before = await countReviewers(db)
    const reviewer = await newActor('reviewer', ['reviewer'])
    await newActor('developer', ['developer'])
    await inTransaction((tx) => createActor(tx, { name: 'robot', kind: 'agent', roles: ['reviewer'], by }))
    expect(await countReviewers(db)).toBe(before + 1)
    await inTransaction((tx) => disableActor(tx, { id: reviewer.id, by }))
    expect(await countReviewers(db)).toBe(before)
    expect(await findActor(db, reviewer.id)).toBeUndefined()
  })

  it('have names of their own', async () => {
    await newActor('twin')
    await expect(newActor('twin')).rejects.toMatchObject({ code: 'ACTOR_EXISTS' })
  })

  it('cannot all be disabled', async () => {
    await expect(inTransaction((tx) => disableActor(tx, { id: 'local', by }))).rejects.toMatchObject({
      code: 'LAST_ADMIN',
    })
    expect(await findActor(db, 'local')).toMatchObject({ id: 'local' })
    await expect(inTransaction((tx) => disableActor(tx, { id: 'nobody', by }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })

  it('tell of themselves as events without their names', async () => {
    const actor = await newActor('Jane Doe')
    const { rows } = await db.$client.query('select type, actor, data from events_inbox where object = $1', [
      `actor:${actor.id}`,
    ])
    expect(rows).toEqual([{ type: 'actor.created', actor: by, data: { kind: 'person', roles: ['viewer'] } }])
  })
})

describe('a key', () => {
  it('is stored as a digest only', async () => {
    const { key, prefix } = await newKey((await newActor('stored')).id)
    expect(key.startsWith(prefix)).toBe(true)
    const { rows } = await db.$client.query('select to_jsonb(k)::text as row from api_keys k where prefix = $1', [
      prefix,
    ])
    expect(rows[0].row).not.toContain(key.slice(prefix.length))
  })

  it('of another, an unknown, an altered or an empty one is no key', async () => {
    const { key } = await newKey((await newActor('altered')).id)
    const { authenticate } = createAuthenticator(db)
    const altered = key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A')
    for (const wrong of [altered, key.slice(0, 14), key.toLowerCase(), 'assay_', ''])
      await expect(authenticate(wrong, 'here')).rejects.toMatchObject(invalid)
    expect(await authenticate(key, 'here')).toMatchObject({ name: 'altered' })
  })

  it('stops working when it expires', async () => {
    const { id } = await newActor('expiring')
    const { authenticate } = createAuthenticator(db)
    const past = await newKey(id, new Date(Date.now() - 1000))
    const future = await newKey(id, new Date(Date.now() + 60_000))
    await expect(authenticate(past.key, 'here')).rejects.toMatchObject(invalid)
    expect(await authenticate(future.key, 'here')).toMatchObject({ id })
  })

  it('needs an actor', async () => {
    await expect(newKey('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is remembered for five seconds without a database read, then a revocation holds', async () => {
    let now = 0
    const { authenticate } = createAuthenticator(db, () => now)
    const { id } = await newActor('rotated')
    const old = await newKey(id)
    expect(await authenticate(old.key, 'here')).toMatchObject({ id })
    const renewed = await inTransaction((tx) => rotateKey(tx, id, { by }))
    now = 4_999
    expect(await authenticate(old.key, 'here')).toMatchObject({ id })
    now = 5_000
    await expect(authenticate(old.key, 'here')).rejects.toMatchObject(invalid)
    expect(await authenticate(renewed.key, 'here')).toMatchObject({ id })
  })

  it('notes when it was used last', async () => {
    const { key, prefix } = await newKey((await newActor('used')).id)
    await createAuthenticator(db).authenticate(key, 'here')
    const { rows } = await db.$client.query('select last_used_at from api_keys where prefix = $1', [prefix])
    expect(rows[0].last_used_at).toBeInstanceOf(Date)
  })
})

describe('wrong keys', () => {
  it('are a hundred an hour from one address; remembered right ones still work', async () => {
    let now = 0
    const { authenticate } = createAuthenticator(db, () => now)
    const [right, late] = [await newKey('local'), await newKey('local')]
    await authenticate(right.key, 'there')
    for (let i = 0; i < 100; i++) await expect(authenticate(`assay_${i}`, 'there')).rejects.toMatchObject(invalid)
    await expect(authenticate('assay_x', 'there')).rejects.toMatchObject({
      code: 'TOO_MANY_WRONG_KEYS',
      details: { address: 'there', retryAfterSeconds: 3600 },
    })
    await expect(authenticate(late.key, 'there')).rejects.toMatchObject({ code: 'TOO_MANY_WRONG_KEYS' })
    expect(await authenticate(right.key, 'there')).toMatchObject({ id: 'local' })
    await expect(authenticate('assay_x', 'elsewhere')).rejects.toMatchObject(invalid)
    now = 3_600_000
    expect(await authenticate(late.key, 'there')).toMatchObject({ id: 'local' })
  })
})
