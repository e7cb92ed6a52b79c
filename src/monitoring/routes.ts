import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import type { Monitor } from './monitor.ts'
import { DriftQuery, DriftReport } from './schemas.ts'

const Model = Type.Object({ model: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$' }) })

/** How far a model's live traffic has moved from what it was trained on. */
export function monitoringRoutes(app: App, { monitor }: { monitor: Monitor }): void {
  app.get(
    '/monitoring/drift/:model',
    {
      schema: {
        tags: ['monitoring'],
        summary:
          'Drift of live traffic against the training data; by default the last hour, day or week with enough rows',
        params: Model,
        querystring: DriftQuery,
        response: { 200: DriftReport },
      },
      preHandler: authorise('view'),
    },
    ({ params, query }) =>
      monitor.report({
        model: params.model,
        ...(query.version === undefined ? {} : { version: query.version }),
        ...(query.since === undefined ? {} : { since: new Date(query.since) }),
        ...(query.until === undefined ? {} : { until: new Date(query.until) }),
      }),
  )
}
