import type { IncomingMessage } from 'node:http'

export const PREFIX = '/api/v1'

/** Routes that are answered without the prefix as well, as the claims lab's clients expect them. */
export const labRoutes = [
  '/health',
  '/ready',
  '/pipeline/start',
  '/pipeline/commit',
  '/pipeline/rollback',
  '/pipeline/:runId/status',
  '/pipeline/:runId/approve',
  '/pipeline/:runId/reject',
  '/pipeline/:runId/continue',
  '/pipeline/:runId/cancel',
  '/pipeline/:runId/retry',
  '/steps',
  '/steps/:name/code',
  '/steps/:name/config',
  '/mlflow/runs',
  '/mlflow/runs/:runId',
  '/mlflow/champion',
  '/claims/generate',
  '/claims/stream/start',
  '/claims/stream/stop',
  '/claims/drift',
  '/ws/logs/:runId',
  '/ws/claims',
  '/ws/events',
]

const pattern = new RegExp(`^(?:${labRoutes.map((route) => route.replace(/:\w+/g, '[^/]+')).join('|')})(?:$|[?])`)

/** Leads the lab's addresses to the one route that answers them: it is registered, documented and tested once. */
export function rewriteLabUrl(request: Pick<IncomingMessage, 'url'>): string {
  const url = request.url ?? '/'
  return pattern.test(url) ? PREFIX + url : url
}
