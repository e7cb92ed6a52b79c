import { Type, type Static } from 'typebox'

export const Problem = Type.Object(
  {
    type: Type.String({ description: 'where the code is documented' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'stable: programs may hold on to it' }),
    detail: Type.String({ description: 'what was given and what is wanted' }),
    requestId: Type.String({ description: 'names the request in the log' }),
    faults: Type.Optional(
      Type.Array(
        Type.Object(
          {
            path: Type.Optional(Type.String({ description: 'where in the request' })),
            given: Type.Optional(Type.String()),
            wanted: Type.Optional(Type.String()),
            row: Type.Optional(Type.Integer({ description: 'of the inputs of a prediction, from 0' })),
            column: Type.Optional(Type.Union([Type.String(), Type.Null()])),
            message: Type.Optional(Type.String()),
          },
          { description: 'one thing that is wrong: by path, or by row and column of the inputs' },
        ),
      ),
    ),
  },
  { description: 'Every refusal and failure (RFC 9457).' },
)
export type Problem = Static<typeof Problem>

export const Health = Type.Object({
  status: Type.Literal('ok'),
  version: Type.String(),
  startedAt: Type.String({ description: 'ISO-8601, UTC' }),
})
export type Health = Static<typeof Health>

export const EventItem = Type.Object({
  position: Type.Integer({ description: 'gapless, ascending' }),
  at: Type.String({ description: 'ISO-8601, UTC' }),
  type: Type.String({ description: 'noun.verb in the past tense' }),
  actor: Type.String(),
  object: Type.String({ description: 'what it was done to, e.g. model:claims-denial@1.2.0' }),
  data: Type.Record(Type.String(), Type.Unknown()),
})
export type EventItem = Static<typeof EventItem>

export const EventPage = Type.Object({
  items: Type.Array(EventItem),
  last: Type.Integer({ description: 'position of the newest event there is' }),
})
export type EventPage = Static<typeof EventPage>

export const EventQuery = Type.Object({
  after: Type.Integer({ minimum: 0, default: 0, description: 'events after this position' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
})

export const ChainQuery = Type.Object(
  {
    head: Type.Optional(
      Type.String({
        pattern: '^[1-9]\\d{0,14}:[0-9a-f]{64}$',
        description: 'position:hash of a head seen before: it has to be in the chain still',
      }),
    ),
  },
  { additionalProperties: false },
)
export const ChainVerdict = Type.Object({
  intact: Type.Boolean(),
  nEvents: Type.Integer({ description: 'events that are as they were chained' }),
  head: Type.Union([Type.Object({ position: Type.Integer(), hash: Type.String() }), Type.Null()], {
    description: 'the last of them; kept elsewhere, it shows when newer events are cut off',
  }),
  fault: Type.Union([
    Type.Object({
      position: Type.Integer(),
      kind: Type.Enum(['missing', 'altered', 'relinked']),
      message: Type.String(),
    }),
    Type.Null(),
  ]),
})

export const AfterQuery = Type.Object({
  after: Type.Integer({ minimum: 0, default: 0, description: 'the last position that arrived; 0 for all' }),
})
