import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { AssayError } from '../errors/index.ts'
import { isLoopbackHost, type Config, type Db } from '../platform/index.ts'
import type { Actor } from './actors.ts'
import type { App } from './app.ts'
import { createAuthenticator, type Authenticator } from './authenticator.ts'
import { checkProvenance } from './origin.ts'
import { isPermitted, rolesWith, type Permission } from './permissions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, set before any route runs; null without a key outside of trusted loopback. */
    actor: Actor | null
    /** Whether the caller needed no key. */
    isTrustedLoopback: boolean
  }
}

/**
 * Makes every request of the app say who it is and where it comes from, before its route is looked at. WebSocket upgrades
 * pass here too. Call it on the root, before routes are registered.
 *
 * Bodies are JSON only: a page of somebody else can send texts and forms without asking, and JSON not.
 */
export function registerAccess(
  app: App,
  deps: { db: Db; config: Pick<Config, 'host' | 'trustLoopback'>; authenticator?: Authenticator },
): void {
  const authenticator = deps.authenticator ?? createAuthenticator(deps.db)
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('actor', null)
  app.decorateRequest('isTrustedLoopback', false)
  app.addHook('onRequest', async (request, reply) => {
    checkProvenance({ host: request.headers.host, origin: request.headers.origin }, deps.config)
    const key = givenKey(request)
    if (key !== undefined) {
      request.actor = await authenticator
        .authenticate(key, request.socket.remoteAddress ?? '')
        .catch((error: unknown) => {
          if (error instanceof AssayError && error.code === 'TOO_MANY_WRONG_KEYS')
            reply.header('retry-after', error.details.retryAfterSeconds)
          throw error
        })
    } else if (deps.config.trustLoopback && isFromLoopback(request)) {
      request.actor = (await authenticator.local()) ?? null
      request.isTrustedLoopback = request.actor !== null
    }
  })
}

/** Subprotocol by which a browser's WebSocket, which cannot set headers, carries a key: `assay.bearer.KEY`. */
const BEARER_PROTOCOL = 'assay.bearer.'

function givenKey(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? ''
  const protocols = request.headers['sec-websocket-protocol']?.split(/\s*,\s*/)
  return protocols?.find((protocol) => protocol.startsWith(BEARER_PROTOCOL))?.slice(BEARER_PROTOCOL.length)
}

/** A proxy on this machine speaks for others: what it forwards is no call from here. */
function isFromLoopback({ headers, socket }: FastifyRequest): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined)
  return !isForwarded && isLoopbackHost(socket.remoteAddress ?? '')
}

/**
 * Lets only actors with the permission through.
 * @throws KEY_MISSING, FORBIDDEN
 */
export function authorise(permission: Permission): preHandlerAsyncHookHandler {
  return async ({ actor }) => {
    if (!actor) throw new AssayError('KEY_MISSING', {})
    if (isPermitted(actor, permission)) return
    throw new AssayError('FORBIDDEN', { actor: actor.id, permission, roles: rolesWith(permission).join(' or ') })
  }
}

/** The caller, in a route behind `authorise`. */
export function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw new AssayError('KEY_MISSING', {})
  return request.actor
}
