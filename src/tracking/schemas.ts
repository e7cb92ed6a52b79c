import { Type, type Static } from 'typebox'

export const TrackingRun = Type.Object(
  {
    runId: Type.String(),
    experimentId: Type.String(),
    experiment: Type.String({ description: 'name of the experiment' }),
    name: Type.String(),
    status: Type.Enum(['RUNNING', 'FINISHED', 'FAILED', 'KILLED']),
    lifecycleStage: Type.Enum(['active', 'deleted']),
    userId: Type.String(),
    startedAt: Type.String({ format: 'date-time' }),
    finishedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    durationMs: Type.Union([Type.Number(), Type.Null()]),
    params: Type.Record(Type.String(), Type.String()),
    metrics: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Literal('NaN')]), {
      description:
        'latest value of each; not a number is the string "NaN", an infinity the largest double, as in MLflow',
    }),
    tags: Type.Record(Type.String(), Type.String()),
  },
  { description: 'a tracking run with its params, latest metrics and tags' },
)
export type TrackingRun = Static<typeof TrackingRun>

export const TrackingRunPage = Type.Object({
  items: Type.Array(TrackingRun),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type TrackingRunPage = Static<typeof TrackingRunPage>

export const TrackingRunQuery = Type.Object(
  {
    experiment: Type.Optional(Type.String({ minLength: 1, description: 'only runs of the experiment of this name' })),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 50 }),
    cursor: Type.Optional(Type.String({ description: '`nextCursor` of the page before' })),
  },
  { additionalProperties: false },
)

export const TrackingRunParams = Type.Object({ runId: Type.String({ pattern: '^[0-9a-f]{32}$' }) })
