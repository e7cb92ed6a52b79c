import { Type, type Static, type TSchema } from 'typebox'
import { Curves } from './curves-schema.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })
const Digest = Type.String({ description: 'SHA-256 of the model file, hex' })
/** null where it could not be computed: JSON has no NaN. */
const Figure = Nullable(Type.Number())

export const ModelName = Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$' })
export const SemanticVersion = Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' })

export const Interval = Type.Object({
  estimate: Figure,
  lower: Figure,
  upper: Figure,
  level: Type.Number({ description: 'coverage, e.g. 0.95' }),
})
export type Interval = Static<typeof Interval>

export const GateResult = Type.Object({
  gate: Type.String(),
  title: Type.String(),
  metric: Type.String(),
  value: Figure,
  interval: Type.Optional(Type.Object({ lower: Figure, upper: Figure })),
  op: Type.Optional(Type.Enum(['>=', '<=', '>', '<', 'between'])),
  threshold: Type.Optional(Type.Union([Type.Number(), Type.Tuple([Type.Number(), Type.Number()])])),
  severity: Type.Enum(['block', 'warn']),
  verdict: Type.Enum(['passed', 'warned', 'blocked', 'waived', 'not-configured', 'not-declared', 'unknown']),
  reason: Type.String({ description: 'the verdict in words' }),
  advice: Type.String({ description: 'what to do about it' }),
})
export type GateResult = Static<typeof GateResult>

export const Stage = Type.Enum(['development', 'staging', 'production', 'archived'])
export type Stage = Static<typeof Stage>

export const Variant = Type.Object({
  version: Type.String(),
  role: Type.Enum(['champion', 'staging', 'shadow']),
  share: Type.Number({ description: 'share of the answers, 0 to 1' }),
})
export type Variant = Static<typeof Variant>

export const Signature = Type.Object({
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      kind: Type.Enum(['number', 'category']),
      format: Type.Optional(Type.Enum(['date'], { description: 'an ISO date; the model reads it as days since 1970' })),
      required: Type.Boolean(),
      levels: Type.Optional(Type.Array(Type.String())),
      min: Type.Optional(Type.Number()),
      max: Type.Optional(Type.Number()),
      unit: Type.Optional(Type.String()),
    }),
  ),
  target: Type.String(),
  positive: Type.String({ description: 'value of the target that scores count towards' }),
})
export type Signature = Static<typeof Signature>

export const ModelVersion = Type.Object({
  model: Type.String(),
  version: Type.String({ description: 'major.minor.patch' }),
  stage: Stage,
  artifact: Digest,
  sizeBytes: Type.Integer(),
  algorithm: Type.String(),
  runId: Nullable(Type.String({ description: 'tracking run' })),
  pipelineRunId: Nullable(Type.String()),
  datasetVersion: Type.String(),
  metrics: Type.Record(Type.String(), Interval),
  threshold: Type.Number({ description: 'scores from here on are referred to a person' }),
  signature: Signature,
  createdAt: Time,
  createdBy: Type.String(),
  isChampion: Type.Boolean(),
})
export type ModelVersion = Static<typeof ModelVersion>

const FoldScores = Type.Record(
  Type.String(),
  Type.Object({ mean: Figure, standardDeviation: Figure, folds: Type.Array(Figure) }),
)

export const AlgorithmScores = Type.Object({
  algorithm: Type.String(),
  parameters: Type.Record(Type.String(), Type.Unknown()),
  cv: FoldScores,
  durationMs: Type.Integer({ description: 'all folds together' }),
})
export type AlgorithmScores = Static<typeof AlgorithmScores>

/** How the threshold was chosen, on rows that were not fitted on. */
export const Decision = Type.Object({
  rule: Type.Enum(['best-f1', 'lowest-cost', 'given']),
  threshold: Type.Number(),
  costs: Type.Optional(
    Type.Object(
      {
        falsePositive: Type.Number(),
        falseNegative: Type.Number(),
        truePositive: Type.Optional(Type.Number()),
        trueNegative: Type.Optional(Type.Number()),
      },
      { description: 'of one decision, in a unit of the project’s own' },
    ),
  ),
  saving: Type.Optional(
    Type.Object({
      costPerClaim: Type.Number({ description: 'at the threshold of the lowest cost' }),
      approveAllPerClaim: Type.Number(),
      referAllPerClaim: Type.Number(),
      thresholdIfCalibrated: Type.Number({ description: 'best if scores were true probabilities' }),
    }),
  ),
})
export type Decision = Static<typeof Decision>

/** What was found out about a version when it was evaluated. */
export const VersionEvidence = Type.Object({
  cv: FoldScores,
  leaderboard: Type.Optional(
    Type.Array(AlgorithmScores, { description: 'every algorithm that was tried on the same folds, best first' }),
  ),
  curves: Type.Optional(Curves),
  decision: Type.Optional(Decision),
  importance: Type.Array(Type.Object({ feature: Type.String(), mean: Figure, lower: Figure, upper: Figure })),
  fairness: Type.Array(Type.Unknown(), { description: 'a report per protected attribute' }),
})
export type VersionEvidence = Static<typeof VersionEvidence>

export const StageChange = Type.Object({
  at: Time,
  version: Type.String(),
  from: Nullable(Stage),
  to: Stage,
  action: Type.Enum(['register', 'move', 'promote', 'rollback'], {
    description: 'what was done that moved the version',
  }),
  actor: Type.String(),
  reason: Type.String(),
  approvalId: Nullable(Type.String()),
})
export type StageChange = Static<typeof StageChange>

export const Vote = Type.Object({
  actor: Type.String(),
  decision: Type.Enum(['approve', 'reject']),
  reason: Type.String(),
  at: Time,
  selfApproved: Type.Boolean({ description: 'the voter had made the version or asked for the approval' }),
  standing: Type.Boolean({ description: 'given in advance, by rule' }),
})
export type Vote = Static<typeof Vote>

export const ApprovalId = Type.String({ pattern: '^approval_[0-9a-f-]{36}$' })
export const ApprovalStatus = Type.Enum(['waiting', 'approved', 'rejected', 'expired', 'voided'])
export const Approval = Type.Object({
  id: Type.String(),
  model: Type.String(),
  version: Type.String(),
  artifact: Digest,
  pipelineRunId: Nullable(Type.String()),
  policy: Type.Enum(['four-eyes', 'solo', 'standing']),
  required: Type.Integer({ description: 'approvals needed' }),
  requestedBy: Type.String(),
  requestedAt: Time,
  expiresAt: Time,
  status: ApprovalStatus,
  votes: Type.Array(Vote),
  gates: Type.Array(GateResult, { description: 'what the reviewers were shown' }),
})
export type Approval = Static<typeof Approval>
export type ApprovalPolicy = Approval['policy']

export const ModelSummary = Type.Object({
  name: Type.String(),
  champion: Nullable(Type.String()),
  nVersions: Type.Integer(),
  latest: ModelVersion,
})
export type ModelSummary = Static<typeof ModelSummary>

export const ModelDetail = Type.Object({
  name: Type.String(),
  champion: Nullable(Type.String()),
  previousChampion: Nullable(Type.String({ description: 'what a rollback would put back' })),
  versions: Type.Array(ModelVersion, { description: 'highest first' }),
  history: Type.Array(StageChange, { description: 'newest first' }),
  variants: Type.Array(Variant),
})
export type ModelDetail = Static<typeof ModelDetail>

export const VersionDetail = Type.Object({
  ...ModelVersion.properties,
  ...VersionEvidence.properties,
  gates: Type.Array(GateResult),
  approvals: Type.Array(Approval),
  history: Type.Array(StageChange),
})
export type VersionDetail = Static<typeof VersionDetail>

export const VersionComparison = Type.Object({
  a: ModelVersion,
  b: ModelVersion,
  metrics: Type.Array(
    Type.Object({
      name: Type.String(),
      a: Nullable(Interval),
      b: Nullable(Interval),
      difference: Nullable(Type.Number({ description: 'estimate of b minus that of a' })),
    }),
  ),
})
export type VersionComparison = Static<typeof VersionComparison>

export const Tenure = Type.Object({
  version: Type.String(),
  artifact: Digest,
  since: Time,
  action: Type.Enum(['promote', 'rollback']),
  actor: Type.String({ description: 'who put it there' }),
  reason: Type.String(),
  approvalId: Type.String(),
  approvedBy: Type.Array(Vote),
})
export type Tenure = Static<typeof Tenure>
