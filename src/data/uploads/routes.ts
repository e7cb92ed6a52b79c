import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { authorise, type App } from '../../access/index.ts'
import { AssayError } from '../../errors/index.ts'
import { NewUpload, Upload } from './schemas.ts'
import type { UploadStore } from './upload-store.ts'

const tags = ['data']
const Id = Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) })
const preHandler = authorise('pipeline.run')
const OFFSET_HEADER = 'upload-offset'

/**
 * Files that come in chunks and go on where they stopped. Chunks are `application/octet-stream`, which only these routes take:
 * docs/adr/0016 says why no other page can use that.
 */
export function uploadRoutes(app: App, { uploads }: { uploads: UploadStore }): void {
  app.register(async (scope: App) => {
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
    startAndEnd(scope, uploads)
    scope.patch(
      '/uploads/:id',
      {
        schema: {
          tags,
          summary: 'The next chunk, raw; it is on disk when this answers',
          description: 'A wrong offset answers 409 with the right one in the header upload-offset.',
          consumes: ['application/octet-stream'],
          params: Id,
          querystring: Type.Object({ offset: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
          response: { 200: Upload },
        },
        preHandler,
      },
      async ({ params, query, body, headers }, reply) => {
        if (!isStream(body))
          throw new AssayError('CHUNK_TYPE_UNSUPPORTED', { given: headers['content-type'] ?? 'no body' })
        const upload = await uploads
          .append(params.id, { offset: query.offset, bytes: body })
          .catch((error: unknown) => {
            if (error instanceof AssayError && error.code === 'UPLOAD_OFFSET_DIFFERS')
              reply.header(OFFSET_HEADER, error.details.offset)
            throw error
          })
        reply.header(OFFSET_HEADER, upload.offset)
        return upload
      },
    )
  })
}

function startAndEnd(app: App, uploads: UploadStore): void {
  app.post(
    '/uploads',
    { schema: { tags, summary: 'Announces a file', body: NewUpload, response: { 201: Upload } }, preHandler },
    async ({ body }, reply) => reply.status(201).send(await uploads.create(body)),
  )
  app.get(
    '/uploads/:id',
    { schema: { tags, summary: 'How far an upload is', params: Id, response: { 200: Upload } }, preHandler },
    ({ params }) => uploads.get(params.id),
  )
  app.delete(
    '/uploads/:id',
    { schema: { tags, summary: 'Throws a file away', params: Id, response: { 204: Type.Null() } }, preHandler },
    async ({ params }, reply) => {
      await uploads.remove(params.id)
      return reply.status(204).send(null)
    },
  )
}

const isStream = (body: unknown): body is Readable => typeof (body as Readable | undefined)?.pipe === 'function'
