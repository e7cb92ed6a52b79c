import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { LOGS_CHANNEL, MEASUREMENTS_CHANNEL, readLog, readMeasurements } from '../pipelines/index.ts'
import type { Db, Listener } from '../platform/index.ts'
import { AfterQuery } from './schemas.ts'
import { followPosition } from './streams/follow-position.ts'
import { keepAlive } from './streams/keep-alive.ts'

type Parts = { db: Db; listener: Listener }

/** What a run writes with numbers of its own, and how it is told that there is more. */
type RunRecords = {
  /** Last part of the path before the run, and what a failed read is logged as. */
  name: string
  summary: string
  /** Is notified with the id of the run that has more, or with nothing when it may be any. */
  channel: string
  read(db: Db, page: { runId: string; after: number; limit: number }): Promise<{ seq: number }[]>
}

/** The log of a run and what its steps measure, each over a socket as it is written, resumable from a number. */
export function runSockets(app: App, parts: Parts): void {
  follow(app, parts, {
    name: 'logs',
    summary: 'WebSocket: each log line of a run after a number, one message each',
    channel: LOGS_CHANNEL,
    read: readLog,
  })
  follow(app, parts, {
    name: 'measurements',
    summary: 'WebSocket: what the steps of a run measure after a number, a piece of a series each message',
    channel: MEASUREMENTS_CHANNEL,
    read: readMeasurements,
  })
}

function follow(app: App, { db, listener }: Parts, { name, summary, channel, read }: RunRecords): void {
  app.get(
    `/ws/${name}/:runId`,
    {
      websocket: true,
      schema: {
        tags: ['pipeline'],
        summary,
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
          read: (after, limit) => read(db, { runId, after, limit }),
          positionOf: ({ seq }) => seq,
          subscribe: (wake) =>
            listener.listen(channel, (payload) => {
              if (payload === runId || payload === '') wake()
            }),
        },
        {
          after: request.query.after,
          onError: (error) => request.log.error({ err: error }, `reading ${name} of a run failed`),
        },
      )
    },
  )
}
