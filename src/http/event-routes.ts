import { authorise, type App } from '../access/index.ts'
import {
  EVENTS_CHANNEL,
  lastEventPosition,
  readEvents,
  verifyChain,
  type Db,
  type Listener,
} from '../platform/index.ts'
import { AfterQuery, ChainQuery, ChainVerdict, EventPage, EventQuery } from './schemas.ts'
import { followPosition } from './streams/follow-position.ts'
import { keepAlive } from './streams/keep-alive.ts'

const tags = ['events']

/** What happened, in order: as pages, and over a WebSocket as it happens. */
export function eventRoutes(app: App, { db, listener }: { db: Db; listener: Listener }): void {
  app.get(
    '/events',
    {
      schema: {
        tags,
        summary: 'Events after a position, oldest first',
        querystring: EventQuery,
        response: { 200: EventPage },
      },
      preHandler: authorise('view'),
    },
    async (request) => ({ items: await readEvents(db, request.query), last: await lastEventPosition(db) }),
  )

  app.get(
    '/audit/chain',
    {
      schema: {
        tags,
        summary: 'Walk the chain of events: is every one there, unchanged and in its place?',
        querystring: ChainQuery,
        response: { 200: ChainVerdict },
      },
      preHandler: authorise('view'),
    },
    ({ query: { head } }) => {
      const [position, hash] = head?.split(':') ?? []
      return verifyChain(db, head === undefined ? undefined : { position: Number(position), hash })
    },
  )

  app.get(
    '/ws/events',
    {
      websocket: true,
      schema: { tags, summary: 'WebSocket: each event after a position, one message each', querystring: AfterQuery },
      preHandler: authorise('view'),
    },
    (socket, request) => {
      keepAlive(socket)
      followPosition(
        socket,
        {
          read: (after, limit) => readEvents(db, { after, limit }),
          positionOf: (event) => event.position,
          subscribe: (wake) => listener.listen(EVENTS_CHANNEL, wake),
        },
        { after: request.query.after, onError: (error) => request.log.error({ err: error }, 'reading events failed') },
      )
    },
  )
}
