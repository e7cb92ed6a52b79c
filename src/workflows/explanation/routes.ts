import { Type, type Static } from 'typebox'
import { authorise, type App } from '../../access/index.ts'
import { AssayError } from '../../errors/index.ts'
import type { ArtifactStore, Config, Db } from '../../platform/index.ts'
import type { Keys } from '../../privacy/index.ts'
import { getVersion } from '../../registry/index.ts'
import { createPredictionExplainer } from '../../serving/index.ts'
import { callerSignal } from './caller-signal.ts'
import { ExplanationsAnswer, ExplanationsBody, GlobalExplanation, PredictionExplanationAnswer } from './schemas.ts'
import { createVersionExplanations, type VersionExplanations } from './version-explanations.ts'

const tags = ['explanation']
const preHandler = authorise('view')
const Of = Type.Object({
  model: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$' }),
  version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
})

export type ExplanationRouteDeps = {
  db: Db
  artifacts: ArtifactStore
  config: Pick<Config, 'artifactDir'>
  keys: Pick<Keys, 'data'>
}

/** How versions decide, and why single predictions came out as they did. */
export function explanationRoutes(app: App, { db, artifacts, config, keys }: ExplanationRouteDeps): void {
  const versions = createVersionExplanations({ db, artifacts, config })
  const { artifactDir } = config
  const predictions = createPredictionExplainer({ artifactDir, keys: keys.data, meansOf: versions.getMeans })
  app.addHook('onClose', () => predictions.close())
  versionRoute(app, { artifacts, versions })
  app.get(
    '/predictions/:id/explanation',
    {
      schema: {
        tags,
        summary: 'Why a logged prediction came out as it did: what each feature contributed to its raw score',
        params: Type.Object({ id: Type.String({ maxLength: 100 }) }),
        response: { 200: PredictionExplanationAnswer },
      },
      preHandler,
    },
    ({ params }, reply) => predictions.explain(db, params.id, { signal: callerSignal(reply.raw) }),
  )
  app.post(
    '/models/:model/:version/explanations',
    {
      schema: {
        tags,
        summary: 'Why up to 100 logged predictions of a version came out as they did',
        params: Of,
        body: ExplanationsBody,
        response: { 200: ExplanationsAnswer },
      },
      preHandler,
    },
    async ({ params, body }, reply) => {
      await getVersion(db, params.model, params.version)
      return { items: await explainAll(body.prediction_ids, params, callerSignal(reply.raw)) }
    },
  )

  /** One after the other, so that others have their turn. @throws NOT_FOUND for a prediction of another version */
  async function explainAll(ids: string[], { model, version }: Static<typeof Of>, signal: AbortSignal) {
    const items = []
    for (const id of ids) {
      const item = await predictions.explain(db, id, { signal })
      if (item.model !== model || item.version !== version)
        throw new AssayError('NOT_FOUND', { what: `Prediction of ${model} ${version}`, id })
      items.push(item)
    }
    return items
  }
}

function versionRoute(
  app: App,
  { artifacts, versions }: { artifacts: Pick<ArtifactStore, 'get'>; versions: VersionExplanations },
): void {
  app.get(
    '/models/:model/versions/:version/explanation',
    {
      schema: {
        tags,
        summary: 'How a version decides: contributions, dependence and importance of its features',
        description:
          'Kept at evaluation. For a version without one it is computed when it is first asked for, which may take minutes.',
        params: Of,
        response: { 200: GlobalExplanation, 304: Type.Null({ description: 'as it was when its ETag was given' }) },
      },
      preHandler,
    },
    async ({ params, headers }, reply) => {
      const digest = await versions.getArtifact(params)
      const etag = `"${digest}"`
      reply.header('etag', etag).header('cache-control', 'private, no-cache')
      if (headers['if-none-match'] === etag) return reply.code(304).send(null)
      const text = Buffer.from(await artifacts.get(digest)).toString()
      // The file is this answer but for its first two keys; reading and writing it again would hold up others.
      const head = JSON.stringify(params).slice(0, -1)
      return reply.type('application/json').send(`${head},${text.slice(1)}` as never)
    },
  )
}
