import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { App } from '../access/index.ts'
import { errorDocument } from './error-document.ts'
import { PREFIX } from './lab-routes.ts'
import { Problem } from './schemas.ts'
import { CONTENT_SECURITY_POLICY } from './security-headers.ts'

const description = `Takes a claims model from raw claims to a defensible decision in production.

Bodies are JSON, times ISO-8601 in UTC, shares between 0 and 1. Refusals and failures are \`application/problem+json\` with a stable
\`code\` (see [errors](/docs/errors)). A POST may carry an \`Idempotency-Key\`: repeated within 24 hours, it is answered and not
carried out again. The lab's routes answer without the prefix \`${PREFIX}\` as well.

WebSockets: \`${PREFIX}/ws/events?after=POSITION\` sends each event, \`${PREFIX}/ws/logs/RUN?after=SEQ\` each log line of a run,
\`${PREFIX}/ws/measurements/RUN?after=SEQ\` what its steps measure, all complete and resumable; \`${PREFIX}/ws/claims\` shows the live
claims with their decisions and the running drift.`

/** OpenAPI 3.1 out of the schemas that validate, at `/docs/json`, and a page to browse it at `/docs`. Register before any route. */
export async function documentRoutes(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Assay', version, description, license: { name: 'MIT' } },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An actor’s key' } } },
      security: [{ key: [] }],
    },
    transformObject: (document) =>
      'openapiObject' in document ? withProblems(document.openapiObject) : document.swaggerObject,
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: CONTENT_SECURITY_POLICY })
  app.get('/docs/errors', { schema: { hide: true } }, async (_, reply) =>
    reply.type('text/plain; charset=utf-8').send(errorDocument()),
  )
}

/** Every operation may answer a problem: said once here instead of in each route. */
function withProblems<Document extends object>(document: Document): Document {
  const content = { 'application/problem+json': { schema: Problem } }
  const paths = (document as { paths?: Record<string, Record<string, { responses?: object }>> }).paths ?? {}
  for (const operations of Object.values(paths)) {
    for (const operation of Object.values(operations)) {
      operation.responses = { ...operation.responses, default: { description: 'A refusal or failure', content } }
    }
  }
  return document
}
