import { authorise, type App } from '../access/index.ts'
import type { Db } from '../platform/index.ts'
import { getRun, listRuns, type Run } from './runs.ts'
import { TrackingRun, TrackingRunPage, TrackingRunParams, TrackingRunQuery } from './schemas.ts'
import { shownMetric } from './values.ts'

const tags = ['tracking']

/** Reading tracking runs. Clients of MLflow speak its own protocol. */
export function trackingRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/mlflow/runs',
    {
      schema: {
        tags,
        summary: 'Tracking runs, newest first',
        querystring: TrackingRunQuery,
        response: { 200: TrackingRunPage },
      },
      preHandler: authorise('view'),
    },
    async ({ query }) => {
      const { items, nextCursor } = await listRuns(db, query)
      return { items: items.map(presentRun), nextCursor }
    },
  )
  app.get(
    '/mlflow/runs/:runId',
    {
      schema: {
        tags,
        summary: 'A tracking run with its params, latest metrics and tags',
        params: TrackingRunParams,
        response: { 200: TrackingRun },
      },
      preHandler: authorise('view'),
    },
    async ({ params }) => presentRun(await getRun(db, params.runId)),
  )
}

function presentRun({ startTimeMs, endTimeMs, metrics, ...run }: Run): TrackingRun {
  return {
    ...run,
    startedAt: new Date(startTimeMs).toISOString(),
    finishedAt: endTimeMs === null ? null : new Date(endTimeMs).toISOString(),
    durationMs: endTimeMs === null ? null : endTimeMs - startTimeMs,
    metrics: Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, shownMetric(value)])),
  }
}
