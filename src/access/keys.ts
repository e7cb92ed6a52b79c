import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { Actor } from './actors.ts'

const MARK = 'assay_'
const SECRET_BYTES = 32
const PREFIX_LENGTH = MARK.length + 8

/**
 * Gives an actor a key: `assay_` and 32 random bytes. Only its SHA-256 is stored, so this is the one time it can be read.
 * @param options.by    id of the actor who does this
 * @param options.expiresAt when it stops working; never, if left out
 * @throws NOT_FOUND when there is no such actor, or the actor is disabled
 */
export async function createKey(
  tx: Tx,
  actorId: string,
  options: { by: string; expiresAt?: Date },
): Promise<{ key: string; prefix: string }> {
  const key = MARK + randomBytes(SECRET_BYTES).toString('base64url')
  const prefix = key.slice(0, PREFIX_LENGTH)
  const id = `key_${randomBytes(9).toString('base64url')}`
  const { rowCount } = await tx.$client.query(
    `insert into api_keys (id, actor_id, prefix, hash, expires_at)
     select $1, id, $3, $4, $5 from actors where id = $2 and disabled_at is null`,
    [id, actorId, prefix, digest(key).toString('hex'), options.expiresAt ?? null],
  )
  if (rowCount === 0) throw new AssayError('NOT_FOUND', { what: 'Actor', id: actorId })
  await emitEvent(tx, { type: 'key.created', actor: options.by, object: `key:${id}`, data: { actorId, prefix } })
  return { key, prefix }
}

/**
 * Gives an actor a new key and revokes all earlier ones, for a key that was lost or seen. Servers stop taking the old ones
 * within 5 seconds.
 * @throws NOT_FOUND when there is no such actor, or the actor is disabled
 */
export async function rotateKey(
  tx: Tx,
  actorId: string,
  options: { by: string },
): Promise<{ key: string; prefix: string }> {
  const { rows } = await tx.$client.query(
    'update api_keys set revoked_at = now() where actor_id = $1 and revoked_at is null returning id, prefix',
    [actorId],
  )
  for (const { id, prefix } of rows)
    await emitEvent(tx, { type: 'key.revoked', actor: options.by, object: `key:${id}`, data: { actorId, prefix } })
  return createKey(tx, actorId, options)
}

/** The actor whose key this is, if the key works: known, not expired, not revoked, and its actor not disabled. */
export async function findKeyHolder(db: Db | Tx, key: string): Promise<Actor | undefined> {
  const { rows } = await db.$client.query(
    `select k.id as key_id, k.hash, a.id, a.name, a.kind, a.roles
     from api_keys k join actors a on a.id = k.actor_id
     where k.prefix = $1 and k.revoked_at is null and a.disabled_at is null
       and (k.expires_at is null or k.expires_at > now())`,
    [key.slice(0, PREFIX_LENGTH)],
  )
  const given = digest(key)
  const row = rows.find((candidate) => timingSafeEqual(given, Buffer.from(candidate.hash, 'hex')))
  if (!row) return undefined
  await db.$client.query(
    `update api_keys set last_used_at = now()
     where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [row.key_id],
  )
  return { id: row.id, name: row.name, kind: row.kind, roles: row.roles }
}

export function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}
