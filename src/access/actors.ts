import { randomBytes } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { createKey } from './keys.ts'
import { rolesWith, type Role } from './permissions.ts'

export type ActorKind = 'person' | 'service' | 'agent'

/** A person, service or agent that acts. */
export type Actor = { id: string; name: string; kind: ActorKind; roles: Role[] }

/** Actors that every installation has. */
export const LOCAL_ACTOR = 'local'
export const FIRST_START_ACTOR = 'first-start'
export const PIPELINE_ACTOR = 'pipeline'

/**
 * Adds an actor, who has no key yet.
 * @param input.by id of the actor who does this
 * @throws ACTOR_EXISTS when another has the name
 */
export async function createActor(
  tx: Tx,
  input: { name: string; kind?: ActorKind; roles: Role[]; by: string },
): Promise<Actor> {
  const { name, kind = 'person', by } = input
  const actor: Actor = {
    id: `actor_${randomBytes(9).toString('base64url')}`,
    name,
    kind,
    roles: [...new Set(input.roles)],
  }
  if (!(await insertActor(tx, actor))) throw new AssayError('ACTOR_EXISTS', { name })
  const data = { kind, roles: actor.roles }
  await emitEvent(tx, { type: 'actor.created', actor: by, object: `actor:${actor.id}`, data })
  return actor
}

/** @returns whether there was none of this id or name */
async function insertActor(tx: Tx, { id, name, kind, roles }: Actor): Promise<boolean> {
  const { rowCount } = await tx.$client.query(
    'insert into actors (id, name, kind, roles) values ($1, $2, $3, $4) on conflict do nothing',
    [id, name, kind, roles],
  )
  return rowCount === 1
}

/**
 * Takes all rights from an actor; servers notice within 5 seconds. The row stays, since events name it.
 * @param input.by id of the actor who does this
 * @throws NOT_FOUND when there is no such actor, or the actor is disabled already; LAST_ADMIN when nobody could undo it
 */
export async function disableActor(tx: Tx, input: { id: string; by: string }): Promise<void> {
  // Two administrators who disable each other at the same moment must not both succeed.
  await tx.$client.query('lock table actors in share row exclusive mode')
  const { rowCount } = await tx.$client.query(
    'update actors set disabled_at = now() where id = $1 and disabled_at is null',
    [input.id],
  )
  if (rowCount === 0) throw new AssayError('NOT_FOUND', { what: 'Actor', id: input.id })
  const { rowCount: nManagers } = await tx.$client.query(
    'select from actors where disabled_at is null and roles && $1',
    [rolesWith('actors.manage')],
  )
  if (nManagers === 0) throw new AssayError('LAST_ADMIN', { id: input.id })
  await emitEvent(tx, { type: 'actor.disabled', actor: input.by, object: `actor:${input.id}` })
}

/** Everyone, oldest first, those who are disabled included. */
export async function listActors(db: Db | Tx): Promise<(Actor & { createdAt: string; disabledAt: string | null })[]> {
  const { rows } = await db.$client.query(
    'select id, name, kind, roles, created_at, disabled_at from actors order by created_at, id',
  )
  return rows.map(({ created_at, disabled_at, ...actor }) => ({
    ...actor,
    createdAt: created_at.toISOString(),
    disabledAt: disabled_at?.toISOString() ?? null,
  }))
}

/** An actor who is not disabled. */
export async function findActor(db: Db | Tx, id: string): Promise<Actor | undefined> {
  const { rows } = await db.$client.query(
    'select id, name, kind, roles from actors where id = $1 and disabled_at is null',
    [id],
  )
  return rows[0]
}

/**
 * Makes the actors of a new installation, and a key for its administrator `local`, who is also whoever calls over trusted
 * loopback without a key. Later calls do nothing.
 * @returns the key, the first time; it cannot be shown again
 */
export async function ensureFirstActors(tx: Tx): Promise<{ adminKey: string | undefined }> {
  const local: Actor = { id: LOCAL_ACTOR, name: 'Local administrator', kind: 'person', roles: ['admin'] }
  const isNew = await insertActor(tx, local)
  await insertActor(tx, { id: FIRST_START_ACTOR, name: 'First start', kind: 'service', roles: ['developer'] })
  await insertActor(tx, { id: PIPELINE_ACTOR, name: 'Pipeline', kind: 'service', roles: ['developer'] })
  if (!isNew) return { adminKey: undefined }
  const data = { kind: local.kind, roles: local.roles }
  await emitEvent(tx, { type: 'actor.created', actor: FIRST_START_ACTOR, object: `actor:${LOCAL_ACTOR}`, data })
  const { key } = await createKey(tx, LOCAL_ACTOR, { by: FIRST_START_ACTOR })
  return { adminKey: key }
}

/** How many persons may approve: with fewer than two, nobody could have a second pair of eyes. */
export async function countReviewers(db: Db | Tx): Promise<number> {
  const { rows } = await db.$client.query(
    `select count(*) as n from actors where kind = 'person' and disabled_at is null and roles && $1`,
    [rolesWith('approve')],
  )
  return rows[0].n
}
