import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { MEASUREMENTS_CHANNEL, readMeasurements } from '../pipelines/index.ts'
import type { Db, Listener } from '../platform/index.ts'
import { AfterQuery } from './schemas.ts'
import { followPosition } from './streams/follow-position.ts'
import { keepAlive } from './streams/keep-alive.ts'

/** What the steps of a run measure, as it is stored, resumable from a number. */
export function runMeasurementSocket(app: App, { db, listener }: { db: Db; listener: Listener }): void {
  app.get(
    '/ws/measurements/:runId',
    {
      websocket: true,
      schema: {
        tags: ['pipeline'],
        summary: 'WebSocket: what the steps of a run measure after a number, a piece of a series each message',
        params: Type.Object({ runId: Type.String() }),
        querystring: AfterQuery,
      },
      preHandler: authorise('view'),
    },
    (socket, request) => {
      const { runId } = request.params
      keepAlive(socket)
      followPosition(
        socket,
        {
          read: (after, limit) => readMeasurements(db, { runId, after, limit }),
          positionOf: ({ seq }) => seq,
          subscribe: (wake) =>
            listener.listen(MEASUREMENTS_CHANNEL, (payload) => {
              if (payload === runId || payload === '') wake()
            }),
        },
        {
          after: request.query.after,
          onError: (error) => request.log.error({ err: error }, 'reading measurements failed'),
        },
      )
    },
  )
}
