import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { LOGS_CHANNEL, readLog } from '../pipelines/index.ts'
import type { Db, Listener } from '../platform/index.ts'
import { AfterQuery } from './schemas.ts'
import { followPosition } from './streams/follow-position.ts'
import { keepAlive } from './streams/keep-alive.ts'

/** The log of a run as it is written, resumable from a line number. */
export function runLogSocket(app: App, { db, listener }: { db: Db; listener: Listener }): void {
  app.get(
    '/ws/logs/:runId',
    {
      websocket: true,
      schema: {
        tags: ['pipeline'],
        summary: 'WebSocket: each log line of a run after a number, one message each',
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
          read: (after, limit) => readLog(db, { runId, after, limit }),
          positionOf: (line) => line.seq,
          subscribe: (wake) =>
            listener.listen(LOGS_CHANNEL, (payload) => {
              if (payload === runId || payload === '') wake()
            }),
        },
        { after: request.query.after, onError: (error) => request.log.error({ err: error }, 'reading a log failed') },
      )
    },
  )
}
