import { Type, type Static, type TSchema } from 'typebox'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })
const oneOf = <const Values extends string[]>(...values: Values) => Type.Enum(values)

export const IntervalSchema = Type.Object({
  estimate: Nullable(Type.Number()),
  lower: Nullable(Type.Number()),
  upper: Nullable(Type.Number()),
  level: Type.Number({ description: 'coverage, e.g. 0.95' }),
})
export const VersionMetrics = Type.Record(Type.String(), IntervalSchema)
export type VersionMetrics = Record<string, { estimate: number; lower: number; upper: number; level: number }>

export const GateResultSchema = Type.Object({
  gate: Type.String(),
  title: Type.String(),
  metric: Type.String(),
  value: Nullable(Type.Number()),
  interval: Type.Optional(Type.Object({ lower: Nullable(Type.Number()), upper: Nullable(Type.Number()) })),
  op: Type.Optional(oneOf('>=', '<=', '>', '<', 'between')),
  threshold: Type.Optional(Nullable(Type.Union([Type.Number(), Type.Array(Type.Number(), { minItems: 2, maxItems: 2 })]))),
  severity: oneOf('block', 'warn'),
  verdict: oneOf('passed', 'warned', 'blocked', 'waived', 'not-configured', 'not-declared', 'unknown'),
  reason: Type.String({ description: 'the verdict in words' }),
  advice: Type.String({ description: 'what to do about it' }),
})

export const StageSchema = oneOf('development', 'staging', 'production', 'archived')
export type Stage = Static<typeof StageSchema>

export const VariantSchema = Type.Object({
  version: Type.String(),
  role: oneOf('champion', 'staging', 'shadow'),
  share: Type.Number({ minimum: 0, maximum: 1, description: 'share of the answers' }),
})
export type Variant = Static<typeof VariantSchema>

export const SignatureSchema = Type.Object({
  columns: Type.Array(
    Type.Object(
      {
        name: Type.String(),
        kind: oneOf('number', 'category'),
        required: Type.Boolean(),
        levels: Type.Optional(Type.Array(Type.String())),
        min: Type.Optional(Type.Number()),
        max: Type.Optional(Type.Number()),
        unit: Type.Optional(Type.String()),
      },
    ),
  ),
  target: Type.String(),
  positive: Type.String(),
})

export const ModelVersionSchema = Type.Object({
  model: Type.String(),
  version: Type.String(),
  stage: StageSchema,
  artifact: Type.String({ description: 'SHA-256 of the model file' }),
  sizeBytes: Type.Integer(),
  algorithm: Type.String(),
  runId: Nullable(Type.String()),
  pipelineRunId: Nullable(Type.String()),
  datasetVersion: Type.String(),
  metrics: VersionMetrics,
  threshold: Type.Number({ description: 'scores from here on are referred' }),
  signature: SignatureSchema,
  createdAt: Time,
  createdBy: Type.String(),
  isChampion: Type.Boolean(),
})
export type ModelVersion = Omit<Static<typeof ModelVersionSchema>, 'metrics'> & { metrics: VersionMetrics }

export const StageChangeSchema = Type.Object({
  at: Time,
  version: Type.String(),
  from: Nullable(StageSchema),
  to: StageSchema,
  actor: Type.String(),
  reason: Type.String(),
  approvalId: Nullable(Type.String()),
})
export type StageChange = Static<typeof StageChangeSchema>

export const ApprovalSchema = Type.Object({
  id: Type.String(),
  model: Type.String(),
  version: Type.String(),
  artifact: Type.String(),
  pipelineRunId: Nullable(Type.String()),
  policy: oneOf('four-eyes', 'solo'),
  required: Type.Integer(),
  requestedBy: Type.String(),
  requestedAt: Time,
  expiresAt: Time,
  status: oneOf('waiting', 'approved', 'rejected', 'expired', 'voided'),
  votes: Type.Array(
    Type.Object({
      actor: Type.String(),
      decision: oneOf('approve', 'reject'),
      reason: Type.String(),
      at: Time,
      selfApproved: Type.Boolean(),
      standing: Type.Boolean(),
    }),
  ),
  gates: Type.Array(GateResultSchema),
})
export type Approval = Omit<Static<typeof ApprovalSchema>, 'gates'> & { gates: import('../gates/index.ts').GateResult[] }

const Figures = Type.Object({ feature: Type.String(), mean: Type.Number(), lower: Type.Number(), upper: Type.Number() })

/** What was found out about a version when it was evaluated. */
export const VersionEvidence = Type.Object({
  cv: Type.Record(
    Type.String(),
    Type.Object({ mean: Type.Number(), standardDeviation: Type.Number(), folds: Type.Array(Type.Number()) }),
  ),
  importance: Type.Array(Figures),
  fairness: Type.Array(Type.Unknown({ description: 'report per protected attribute: rates by group and differences, with intervals' })),
})
export type VersionEvidence = Static<typeof VersionEvidence>

export const ModelSummary = Type.Object({
  name: Type.String(),
  champion: Nullable(Type.String()),
  nVersions: Type.Integer(),
  latest: ModelVersionSchema,
})
export const ModelDetail = Type.Object({
  name: Type.String(),
  champion: Nullable(Type.String()),
  previousChampion: Nullable(Type.String()),
  versions: Type.Array(ModelVersionSchema),
  history: Type.Array(StageChangeSchema),
  variants: Type.Array(VariantSchema),
})
export const VersionDetail = Type.Object({
  ...ModelVersionSchema.properties,
  ...VersionEvidence.properties,
  gates: Type.Array(GateResultSchema),
  approvals: Type.Array(ApprovalSchema),
  history: Type.Array(StageChangeSchema),
})
export const VersionComparison = Type.Object({
  a: ModelVersionSchema,
  b: ModelVersionSchema,
  metrics: Type.Array(
    Type.Object({
      name: Type.String(),
      a: Nullable(IntervalSchema),
      b: Nullable(IntervalSchema),
      difference: Nullable(Type.Number({ description: 'b minus a' })),
    }),
  ),
})
