/**
 * The shapes the server answers with. Times are ISO-8601 UTC, durations `…Ms`, sizes `…Bytes`, shares 0..1, amounts US dollars.
 */

export type Role = 'viewer' | 'developer' | 'reviewer' | 'operator' | 'admin'

export type Permission =
  'view' | 'predict' | 'pipeline.run' | 'approve' | 'rollback' | 'stream.control' | 'actors.manage' | 'outcome.write'

export type Actor = { id: string; name: string; kind: string; roles: Role[] }

export type Me = {
  actor: Actor
  trustedLoopback: boolean
  approvalPolicy: 'solo' | 'four-eyes'
  nReviewers: number
}

export type NewActor = { actor: Actor; key: string }

export type AssayEvent = {
  position: number
  at: string
  type: string
  actor: string
  object: string
  data: Record<string, unknown>
}

export type Severity = 'critical' | 'high' | 'medium' | 'low'

/** A figure is null where it could not be computed. */
export type Interval = { estimate: number | null; lower: number | null; upper: number | null; level: number }

export type GateVerdict = 'passed' | 'warned' | 'blocked' | 'waived' | 'not-configured' | 'not-declared' | 'unknown'

export type GateResult = {
  gate: string
  title: string
  metric: string
  value: number | null
  interval?: { lower: number | null; upper: number | null }
  op?: '>=' | '<=' | '>' | '<' | 'between'
  threshold?: number | number[] | null
  severity: 'block' | 'warn'
  verdict: GateVerdict
  reason: string
  advice: string
}

export type StepState =
  'pending' | 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'cancelled' | 'cached'

export type RunState = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled'

export type StepGroup = 'CI' | 'CD' | 'Deploy'

export type RunSummary = {
  id: string
  pipeline: string
  project: string
  model: string
  state: RunState
  trigger: string
  actor: string
  commit: { sha: string; message: string; author: string } | null
  createdAt: string
  finishedAt: string | null
  durationMs: number | null
  waitingFor: string | null
  failure: { step: string; code: string; message: string } | null
}

export type StepView = {
  name: string
  title: string
  group: StepGroup
  role: string
  needs: string[]
  state: StepState
  attempt: number
  startedAt: string | null
  finishedAt: string | null
  durationMs: number | null
  progress: { done: number; total: number; text: string } | null
  gates: GateResult[]
  error: { code: string; message: string } | null
}

export type RunDetail = RunSummary & {
  steps: StepView[]
  modelVersion: string | null
  datasetVersion: string | null
  approvalId: string | null
  canContinue: boolean
  canRetry: boolean
  canCancel: boolean
}

export type StepAttempt = {
  attempt: number
  state: StepState
  startedAt: string
  finishedAt: string | null
  error: object | null
}

export type StepDetail = StepView & {
  description: string
  source: { file: string; code: string }
  configuration: object
  inputs: object
  outputs: object | null
  attempts: StepAttempt[]
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type LogLine = { seq: number; at: string; step: string; level: LogLevel; text: string }

export type Stage = 'development' | 'staging' | 'production' | 'archived'

export type SignatureColumn = {
  name: string
  kind: 'number' | 'category'
  required: boolean
  levels?: string[]
  min?: number
  max?: number
  unit?: string
}

export type Signature = { columns: SignatureColumn[]; target: string; positive: string }

export type ModelVersion = {
  model: string
  version: string
  stage: Stage
  artifact: string
  sizeBytes: number
  algorithm: string
  runId: string | null
  pipelineRunId: string | null
  datasetVersion: string
  metrics: Record<string, Interval>
  threshold: number
  signature: Signature
  createdAt: string
  createdBy: string
  isChampion: boolean
}

export type StageChange = {
  at: string
  version: string
  from: Stage | null
  to: Stage
  actor: string
  reason: string
  approvalId: string | null
}

export type Vote = {
  actor: string
  decision: 'approve' | 'reject'
  reason: string
  at: string
  selfApproved: boolean
  standing: boolean
}

export type Approval = {
  id: string
  model: string
  version: string
  artifact: string
  pipelineRunId: string | null
  policy: 'four-eyes' | 'solo'
  required: number
  requestedBy: string
  requestedAt: string
  expiresAt: string
  status: 'waiting' | 'approved' | 'rejected' | 'expired' | 'voided'
  votes: Vote[]
  gates: GateResult[]
}

export type Variant = { version: string; role: 'champion' | 'staging' | 'shadow'; share: number }

export type ModelSummary = { name: string; champion: string | null; nVersions: number; latest: ModelVersion }

export type ModelDetail = {
  name: string
  champion: string | null
  previousChampion: string | null
  versions: ModelVersion[]
  history: StageChange[]
  variants: Variant[]
}

export type Importance = { feature: string; mean: number; lower: number; upper: number }

export type VersionDetail = ModelVersion & {
  gates: GateResult[]
  importance: Importance[]
  approvals: Approval[]
  history: StageChange[]
  fairness: FairnessReport[]
  /** cross-validation by metric */
  cv: Record<string, { mean: number; standardDeviation: number; folds: number[] }>
}

export type FairnessGroup = {
  group: string
  n: number
  /** false for a group too small to be judged */
  judged: boolean
  /** share referred to a person: score at or above the threshold */
  selectionRate: Interval
  tpr: Interval
  fpr: Interval
  baseRate: number | null
}

export type FairnessReport = {
  attribute: string
  threshold: number
  groups: FairnessGroup[]
  demographicParityDifference: Interval
  disparateImpact: Interval
  equalOpportunityDifference: Interval
  equalizedOddsDifference: Interval
}

export type Comparison = {
  a: ModelVersion
  b: ModelVersion
  metrics: { name: string; a: Interval | null; b: Interval | null; /** b minus a */ difference: number | null }[]
}

export type RollbackAnswer = { model: string; from: string; to: string; durationMs: number }

export type Overview = {
  attention: { severity: Severity; text: string; link: string }[]
  runs: {
    active: number
    succeededToday: number
    failedToday: number
    successRate: number | null
    lastFailures: RunSummary[]
  }
  champion: ModelVersion | null
  waitingApprovals: number
  serving: {
    nPredictions: number
    predictionsPerMinute: number
    p50Ms: number | null
    p99Ms: number | null
    nErrors: number
  }
  drift: { status: DriftStatus; driftScore: number | null } | null
  resources: {
    rssBytes: number
    cpuShare: number
    eventLoopDelayP99Ms: number
    diskFreeBytes: number
    databaseBytes: number
    uptimeSeconds: number
  }
  estimatedRunMs: number | null
}

export type DriftStatus = 'none' | 'watch' | 'retrain' | 'critical' | 'insufficient-data'

export type FeatureDrift = {
  name: string
  kind: 'number' | 'category' | 'score'
  psi: number
  psiStatus: 'none' | 'minor' | 'major'
  test: 'ks' | 'chi-square'
  statistic: number
  pValue: number
  pAdjusted: number
  importance: number
  drifted: boolean
  bins: { label: string; reference: number; current: number }[]
}

export type DriftReport = {
  model: string
  version: string
  status: DriftStatus
  driftScore: number | null
  nReference: number
  nCurrent: number
  minimumRows: number
  since: string
  until: string
  shareDrifted: number
  features: FeatureDrift[]
  score: FeatureDrift | null
}

export type DriftKind = 'price inflation' | 'case mix' | 'denial rate' | 'rule change' | 'many features'

/** strength 0 is none, 1 clearly visible, at most 3 */
export type DriftSetting = { kind: DriftKind; strength: number; startIndex: number; rampClaims: number }

export type StreamStatus = {
  running: boolean
  /** claims per second */
  rate: number
  drift: DriftSetting | null
  nSent: number
  startedAt: string | null
}

export type Claim = {
  claim_id: string
  submitted_at?: string
  cpt_bucket?: string
  provider_type?: string
  plan_type?: string
  billed_amount?: number
  allowed_amount?: number
  [field: string]: unknown
}

export type Prediction = {
  id: string
  score: number
  decision: 'approve' | 'refer'
  modelVersion: string
  /** time the scoring took, where the server tells it */
  latencyMs?: number
}

export type ClaimMessage = { type: 'claim'; seq: number; claim: Claim; prediction: Prediction | null; nSkipped: number }

export type FeedMessage = ClaimMessage | { type: 'drift'; report: DriftReport } | ({ type: 'status' } & StreamStatus)
