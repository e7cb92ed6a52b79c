import { Type } from 'typebox'
import type { App } from '../access/index.ts'
import { Health } from './schemas.ts'

const tags = ['health']

/** @param deps.checkReady throws the coded reason why this process cannot take requests */
export function healthRoutes(
  app: App,
  deps: { version: string; startedAt: string; checkReady(): Promise<void> },
): void {
  const answer = { status: 'ok', version: deps.version, startedAt: deps.startedAt } as const
  const response = { 200: Type.Union([Health, Type.String()]) }

  app.get(
    '/health',
    {
      schema: {
        tags,
        summary: 'Whether the process lives',
        description: 'The text `OK`; JSON when it is asked for by `Accept: application/json`. Needs no key.',
        security: [],
        response,
      },
    },
    async (request, reply) => (wantsJson(request.headers.accept) ? answer : reply.type('text/plain').send('OK')),
  )

  app.get(
    '/ready',
    {
      schema: {
        tags,
        summary: 'Whether the process can take requests: its database answers',
        description: 'As /health, or a problem with status 503 and the reason. Needs no key.',
        security: [],
        response,
      },
    },
    async (request, reply) => {
      await deps.checkReady()
      return wantsJson(request.headers.accept) ? answer : reply.type('text/plain').send('OK')
    },
  )
}

const wantsJson = (accept: string | undefined) => accept?.includes('application/json') ?? false
