import fastifyStatic from '@fastify/static'
import fs from 'node:fs'
import path from 'node:path'
import type { App } from '../access/index.ts'
import { routeNotFound } from './problem.ts'

const YEAR_SECONDS = 365 * 24 * 3600
const missing = `<!doctype html><title>Assay</title>
<p>The user interface has not been built. Run <code>npm run build:web</code> and start Assay again; the API works without it.</p>`

/**
 * Serves the built UI under `/app/`, and leads `/` there. Files with a hash in their name (`assets/`) may be kept for ever; the
 * page itself is asked for anew. Addresses without a file are pages of the UI and get its one document. Files that the build
 * compressed (`.br`, `.gz`) are sent so.
 */
export async function serveUserInterface(app: App, root: string): Promise<void> {
  app.get('/', { schema: { hide: true } }, (_, reply) => reply.redirect('/app/'))
  app.get('/app', { schema: { hide: true } }, (_, reply) => reply.redirect('/app/'))
  if (!fs.existsSync(path.join(root, 'index.html'))) {
    app.get('/app/*', { schema: { hide: true } }, (_, reply) => reply.status(503).type('text/html').send(missing))
    return
  }
  await app.register(
    async (scope) => {
      await scope.register(fastifyStatic, {
        root,
        preCompressed: true,
        cacheControl: false,
        schemaHide: true,
        setHeaders: (reply, file) => {
          const isHashed = path.relative(root, file).startsWith(`assets${path.sep}`)
          reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
        },
      })
      scope.setNotFoundHandler((request, reply) => {
        const isPage = request.method === 'GET' && !request.url.startsWith('/app/assets/')
        if (!isPage) throw routeNotFound(request)
        return reply.sendFile('index.html')
      })
    },
    { prefix: '/app' },
  )
}
