import { Type, type TSchema } from 'typebox'
import { MAX_ROWS } from './validation.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })
const oneOf = <const Values extends string[]>(...values: Values) => Type.Enum<Values>(values)
const Milliseconds = (description: string) =>
  Nullable(Type.Number({ description: `${description}, ms; null without answers` }))

export const ModelName = Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$' })
const Label = Type.Union([Type.Literal(0), Type.Literal(1)])
const DecisionSchema = oneOf('approve', 'refer')
const VariantRoleSchema = oneOf('champion', 'staging', 'shadow')

/** Columns by name; their types are those of the model's signature, which is checked beside this schema. */
const Input = Type.Object(
  {},
  { additionalProperties: true, description: 'columns by name, as the model’s signature has them' },
)

/** Inputs are stored under the key of their subject: erasing the subject makes them unreadable. */
const Subject = Type.String({ minLength: 1, maxLength: 200, description: 'whom the inputs are about' })

export const PredictBody = Type.Object(
  {
    inputs: Type.Union([Input, Type.Array(Type.Unknown())], {
      description: `one input or a list of 1 to ${MAX_ROWS}`,
    }),
    subject: Type.Optional(Subject),
    subjects: Type.Optional(
      Type.Array(Nullable(Subject), { maxItems: MAX_ROWS, description: 'whom each input is about, null for nobody' }),
    ),
  },
  { additionalProperties: false },
)
export const PredictQuery = Type.Object(
  { variant: Type.Optional(oneOf('champion', 'staging')) },
  { additionalProperties: false },
)

export const PredictionAnswer = Type.Object({
  predictions: Type.Array(
    Type.Object({
      id: Type.String(),
      score: Type.Number({ minimum: 0, maximum: 1 }),
      decision: DecisionSchema,
      modelVersion: Type.String(),
      variant: VariantRoleSchema,
    }),
  ),
})

export const PredictionView = Type.Object({
  id: Type.String(),
  at: Time,
  model: Type.String(),
  version: Type.String(),
  variant: VariantRoleSchema,
  source: oneOf('api', 'stream', 'staging'),
  actor: Type.String(),
  input: Nullable(Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()]))),
  erased: Type.Boolean({ description: 'the subject was erased, and the input with it' }),
  inputDigest: Type.String({ description: 'keyed digest: equal inputs of one subject, or of one day, have the same' }),
  score: Nullable(Type.Number()),
  decision: Nullable(DecisionSchema),
  latencyUs: Type.Integer({ description: 'time the scoring of its request took' }),
  mirrors: Nullable(Type.String({ description: 'the prediction a shadow mirrors' })),
  error: Nullable(Type.String()),
  outcome: Nullable(Type.Object({ label: Label, observedAt: Time, recordedAt: Time, nCorrections: Type.Integer() })),
})

export const PredictionList = Type.Object({ items: Type.Array(PredictionView), nextCursor: Nullable(Type.String()) })
export const PredictionListQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 25 }),
    model: Type.Optional(ModelName),
    variant: Type.Optional(VariantRoleSchema),
    cursor: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

export const PredictionDetail = Type.Object({
  ...PredictionView.properties,
  outcomeHistory: Type.Array(
    Type.Object({
      revision: Type.Integer(),
      label: Label,
      observedAt: Time,
      recordedAt: Time,
      recordedBy: Type.String(),
    }),
  ),
})

const Replayed = Type.Object({
  id: Type.String(),
  erased: Type.Literal(false),
  equal: Type.Boolean({ description: 'the same 64 bits' }),
  logged: Type.Number(),
  replayed: Type.Number(),
  modelVersion: Type.String(),
  artifact: Type.String({ description: 'SHA-256 of the model file' }),
})
const ErasedReplay = Type.Object({
  id: Type.String(),
  erased: Type.Literal(true, { description: 'the subject was erased, and the input with it' }),
  logged: Type.Number(),
  modelVersion: Type.String(),
})
export const ReplayAnswer = Type.Union([Replayed, ErasedReplay])

export const OutcomesBody = Type.Object(
  {
    outcomes: Type.Array(
      Type.Object(
        { predictionId: Type.String({ maxLength: 100 }), label: Label, observedAt: Type.Optional(Time) },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: MAX_ROWS },
    ),
  },
  { additionalProperties: false },
)
export const OutcomeReceipt = Type.Object({
  accepted: Type.Integer({ description: 'first outcomes' }),
  corrected: Type.Integer({ description: 'outcomes that replaced a different one, which stays in the history' }),
  unchanged: Type.Integer({ description: 'outcomes that said what was known' }),
  unknown: Type.Array(Type.String(), { description: 'ids that no answered prediction has' }),
})

export const ShadowReport = Type.Object({
  version: Type.String(),
  since: Time,
  n: Type.Integer({ description: 'predictions that both scored' }),
  nErrors: Type.Integer({ description: 'mirrored predictions that the shadow failed on' }),
  meanAbsoluteDifference: Type.Number(),
  correlation: Nullable(Type.Number()),
  flipShare: Type.Number({ description: 'share of predictions on which the shadow decided otherwise' }),
  p95Ms: Milliseconds('the shadow’s time for scoring a request, 95th percentile'),
  championP95Ms: Milliseconds('the champion’s, on the same requests'),
})

export const DeploymentView = Type.Object({
  model: Type.String(),
  revision: Type.Integer(),
  variants: Type.Array(
    Type.Object({
      version: Type.String(),
      role: VariantRoleSchema,
      share: Type.Number({ description: 'share of the answers' }),
      nPredictions: Type.Integer({ description: 'in the last 24 hours, over all replicas' }),
      nErrors: Type.Integer(),
      p50Ms: Milliseconds('time to the answer, median'),
      p95Ms: Milliseconds('95th percentile'),
      p99Ms: Milliseconds('99th percentile'),
    }),
  ),
  warm: Type.Array(Type.String(), { description: 'versions in memory, with the predecessor a rollback switches to' }),
  faults: Type.Array(Type.Object({ version: Type.String(), role: VariantRoleSchema, message: Type.String() }), {
    description: 'what is wanted and cannot be served',
  }),
  shadow: Nullable(ShadowReport),
})
