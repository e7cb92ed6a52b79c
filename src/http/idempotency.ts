import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AssayError } from '../errors/index.ts'
import { canonicalJson, type Db } from '../platform/index.ts'

/** Keys are remembered this long; a repetition after that is a new request. */
const KEPT_HOURS = 24
const KEY = /^[\x21-\x7e]{1,200}$/

type Claim = { actor: string; key: string }
const claims = new WeakMap<FastifyRequest, Claim>()

type Stored = { route: string; digest: string; status: number | null; content_type: string | null; body: string | null }

/**
 * `Idempotency-Key` on POST requests: the first one is carried out and its answer kept for 24 hours, also across a restart; a
 * repetition gets that answer (with `idempotency-replayed: true`), another request under the same key is refused. Keys belong
 * to the actor. A failed request leaves no key behind: it may be tried again.
 *
 * A request that was cut off between its effect and its answer (kill -9) keeps its key and is refused: nobody knows how far
 * it came.
 */
export function answerOnce(app: FastifyInstance, db: Db): void {
  app.addHook('onRoute', (route) => {
    if (route.method !== 'POST') return
    route.preHandler = [...[route.preHandler ?? []].flat(), (request, reply) => claimKey(db, request, reply)]
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const claim = claims.get(request)
    if (!claim) return payload
    claims.delete(request)
    if (reply.statusCode < 300 && typeof payload === 'string') await keepAnswer(db, claim, { reply, body: payload })
    else await forget(db, claim)
    return payload
  })
}

async function claimKey(db: Db, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !KEY.test(key)) throw new AssayError('IDEMPOTENCY_KEY_INVALID', { length: key.length })
  const claim = { actor: actorOf(request), key }
  const route = `${request.method} ${request.url.split('?', 1)[0]}`
  const digest = createHash('sha256')
    .update(`${request.method} ${request.url}\n${canonicalJson(request.body ?? null)}`)
    .digest('hex')
  await db.$client.query(
    `delete from idempotency_keys where actor = $1 and key = $2 and at < now() - make_interval(hours => ${KEPT_HOURS})`,
    [claim.actor, key],
  )
  const made = await db.$client.query(
    'insert into idempotency_keys (actor, key, route, digest) values ($1, $2, $3, $4) on conflict do nothing',
    [claim.actor, key, route, digest],
  )
  if (made.rowCount === 1) {
    claims.set(request, claim)
    return undefined
  }
  return replay(db, claim, { digest, reply })
}

async function replay(
  db: Db,
  claim: Claim,
  { digest, reply }: { digest: string; reply: FastifyReply },
): Promise<unknown> {
  const { rows } = await db.$client.query<Stored>(
    'select route, digest, status, content_type, body from idempotency_keys where actor = $1 and key = $2',
    [claim.actor, claim.key],
  )
  const stored = rows[0]
  // Gone again: the first request failed in this moment.
  if (!stored || (stored.digest === digest && stored.status === null)) {
    throw new AssayError('IDEMPOTENCY_IN_PROGRESS', { key: claim.key })
  }
  if (stored.digest !== digest) throw new AssayError('IDEMPOTENCY_KEY_REUSED', { key: claim.key, route: stored.route })
  return reply
    .status(stored.status ?? 200)
    .header('content-type', stored.content_type ?? 'application/json')
    .header('idempotency-replayed', 'true')
    .serializer((body: unknown) => String(body))
    .send(stored.body)
}

async function keepAnswer(db: Db, { actor, key }: Claim, { reply, body }: { reply: FastifyReply; body: string }) {
  await db.$client.query(
    'update idempotency_keys set status = $3, content_type = $4, body = $5 where actor = $1 and key = $2',
    [actor, key, reply.statusCode, String(reply.getHeader('content-type') ?? 'application/json'), body],
  )
}

async function forget(db: Db, { actor, key }: Claim): Promise<void> {
  await db.$client.query('delete from idempotency_keys where actor = $1 and key = $2', [actor, key])
}

/** Removes keys past their time. @returns how many */
export async function purgeIdempotencyKeys(db: Db): Promise<number> {
  const { rowCount } = await db.$client.query(
    `delete from idempotency_keys where at < now() - make_interval(hours => ${KEPT_HOURS})`,
  )
  return rowCount ?? 0
}

function actorOf(request: FastifyRequest): string {
  return (request as { actor?: { id: string } | null }).actor?.id ?? 'anonymous'
}
