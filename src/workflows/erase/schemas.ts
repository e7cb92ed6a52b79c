import { Type, type TSchema } from 'typebox'
import { RunDetail } from '../../pipelines/index.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })
const closed = { additionalProperties: false }

const SubjectText = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '\\S',
  description: 'the person as callers and sources write it; it is stored nowhere in clear',
})

export const ErasureRequest = Type.Object(
  {
    subject: SubjectText,
    reason: Type.String({
      minLength: 3,
      maxLength: 500,
      description: 'why; kept with the erasure, so it names nobody',
    }),
  },
  closed,
)
export const SearchRequest = Type.Object({ subject: SubjectText }, closed)
export const ErasureListQuery = Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 25 }) }, closed)

const Finding = Type.Object({
  room: Type.String(),
  kind: Type.String(),
  id: Type.String(),
  count: Type.Integer({ description: 'rows or entries' }),
})
export const SearchAnswer = Type.Object({ findings: Type.Array(Finding), nKeys: Type.Integer() })

const Report = Type.Object({
  erased: Type.Array(
    Type.Object({
      ...Finding.properties,
      outcome: Type.Enum(['unlinked', 'removed', 'replaced']),
      replacedBy: Type.Optional(Type.String()),
    }),
  ),
  nKeysDestroyed: Type.Integer(),
  models: Type.Array(
    Type.Object({
      model: Type.String(),
      version: Type.String(),
      stage: Type.String(),
      datasetVersion: Type.String(),
    }),
    { description: 'they learned from rows of the subject, and are not unlearned' },
  ),
  sources: Type.Array(Type.Object({ datasetVersion: Type.String(), source: Type.String() }), {
    description: 'where the data came from: not touched',
  }),
  unsearched: Type.Array(Type.String(), { description: 'dataset versions without a column of subjects or ids' }),
  verifiedAt: Time,
})

export const ErasureView = Type.Object({
  id: Type.String(),
  subject: Type.String({ description: 'pseudonym of whom it is about' }),
  reason: Type.String(),
  requestedBy: Type.String(),
  runId: Nullable(Type.String()),
  state: Nullable(RunDetail.properties.state),
  report: Nullable(Report),
  createdAt: Time,
  finishedAt: Nullable(Time),
})
export const ErasureList = Type.Object({ items: Type.Array(ErasureView) })
