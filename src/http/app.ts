import websocket from '@fastify/websocket'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import { randomUUID } from 'node:crypto'
import { registerAccess, type App, type Authenticator } from '../access/index.ts'
import type { Config, Db, Listener, Logger } from '../platform/index.ts'
import { eventRoutes } from './event-routes.ts'
import { healthRoutes } from './health-routes.ts'
import { answerOnce } from './idempotency.ts'
import { PREFIX, rewriteLabUrl } from './lab-routes.ts'
import { documentRoutes } from './openapi.ts'
import { answerErrors } from './problem.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { serveUserInterface } from './user-interface.ts'
import { validatorCompiler } from './validation.ts'

/** Room for some ten thousand claims in one prediction call. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024
/** A message from a client: none of our sockets wants more than a few words. */
const SOCKET_LIMIT_BYTES = 4 * 1024

export type AppOptions = {
  db: Db
  listener: Listener
  config: Pick<Config, 'host' | 'trustLoopback'>
  log: Logger
  version: string
  /** ISO-8601 */
  startedAt: string
  /** The rooms' routes, with what they need bound: `(app) => accessRoutes(app, { db })`. */
  routes: ((app: App) => void)[]
  /** @throws the coded reason why requests cannot be taken */
  checkReady(): Promise<void>
  /** Folder with the built UI. */
  uiRoot: string
  authenticator?: Authenticator
}

/**
 * Puts the rooms' routes together: who calls, validation, errors, idempotency, OpenAPI, WebSockets and the UI. It adds no
 * rule of its own. The caller listens and closes; closing ends WebSockets and waits for requests under way.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { db, listener, config, log, version, startedAt } = options
  const app: App = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    rewriteUrl: rewriteLabUrl,
    forceCloseConnections: 'idle',
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setValidatorCompiler(validatorCompiler)
  answerErrors(app)
  setSecurityHeaders(app)
  registerAccess(app, { db, config, authenticator: options.authenticator })
  answerOnce(app, db)
  await app.register(websocket, { options: { maxPayload: SOCKET_LIMIT_BYTES } })
  await documentRoutes(app, version)
  await app.register(
    async (scope: App) => {
      healthRoutes(scope, { version, startedAt, checkReady: options.checkReady })
      eventRoutes(scope, { db, listener })
      for (const register of options.routes) register(scope)
    },
    { prefix: PREFIX },
  )
  await serveUserInterface(app, options.uiRoot)
  return app
}
