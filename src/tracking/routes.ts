import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import type { Db } from '../platform/index.ts'
import { TrackedRun, TrackedRunPage } from './schemas.ts'
import { getTrackedRun, listTrackedRuns } from './store.ts'

const tags = ['tracking']

/** Reading tracked runs. The protocol of MLflow's own client is another matter. */
export function trackingRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/mlflow/runs',
    {
      schema: {
        tags,
        summary: 'Tracked runs, newest first',
        querystring: Type.Object({
          experiment: Type.Optional(Type.String()),
          limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 50 }),
          cursor: Type.Integer({ minimum: 0, default: 0 }),
        }),
        response: { 200: TrackedRunPage },
      },
      preHandler: authorise('view'),
    },
    async ({ query: { experiment, limit, cursor } }) => {
      const items = await listTrackedRuns(db, { experiment, limit, offset: cursor })
      return { items, nextCursor: items.length === limit ? String(cursor + limit) : null }
    },
  )
  app.get(
    '/mlflow/runs/:runId',
    {
      schema: {
        tags,
        summary: 'A tracked run with its parameters, metrics and tags',
        params: Type.Object({ runId: Type.String() }),
        response: { 200: TrackedRun },
      },
      preHandler: authorise('view'),
    },
    ({ params }) => getTrackedRun(db, params.runId),
  )
}
