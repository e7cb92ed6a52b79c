/**
 * The shapes the server answers with. Where a room declares a schema, its static type is the one source; what has none is
 * declared here. Times are ISO-8601 UTC, durations `…Ms`, sizes `…Bytes`, shares 0..1, amounts US dollars.
 */
import type { Static } from 'typebox'
import type { ActorView, CreatedActor, Me } from '../../src/access/schemas.ts'
import type { EventItem } from '../../src/http/schemas.ts'
import type { DriftReport, FeatureDrift as FeatureDriftSchema } from '../../src/monitoring/schemas.ts'
import type {
  BranchView,
  LogLineSchema,
  Measurements,
  RunDetail,
  RunStateSchema,
  RunSummary,
  Series,
  StepDetail,
  StepStateSchema,
  StepView,
} from '../../src/pipelines/schemas.ts'
import type {
  Approval,
  GateResult,
  Interval,
  ModelDetail,
  ModelSummary,
  ModelVersion,
  Signature,
  Stage,
  StageChange,
  VersionComparison,
  VersionDetail as VersionDetailSchema,
} from '../../src/registry/schemas.ts'
import type { PredictionView } from '../../src/serving/schemas.ts'
import type {
  GlobalExplanation,
  PredictionExplanationAnswer,
  RollbackAnswer as RollbackAnswerSchema,
} from '../../src/workflows/schemas.ts'

export type {
  BranchView,
  CreatedActor,
  DriftReport,
  Me,
  Measurements,
  RunDetail,
  RunSummary,
  Series,
  StepDetail,
  StepView,
}
export type { Approval, GateResult, Interval, ModelDetail, ModelSummary, ModelVersion, Signature, Stage, StageChange }

export type Actor = ActorView
export type Role = Actor['roles'][number]
export type Permission =
  | 'view'
  | 'predict'
  | 'pipeline.run'
  | 'approve'
  | 'rollback'
  | 'stream.control'
  | 'actors.manage'
  | 'outcome.write'
  | 'privacy.erase'

export type AssayEvent = EventItem
export type Severity = 'critical' | 'high' | 'medium' | 'low'

export type GateVerdict = GateResult['verdict']

export type StepState = Static<typeof StepStateSchema>
export type RunState = Static<typeof RunStateSchema>
export type StepAttempt = StepDetail['attempts'][number]
export type LogLine = Static<typeof LogLineSchema>
export type LogLevel = LogLine['level']

export type SignatureColumn = Signature['columns'][number]
export type VersionDetail = Omit<VersionDetailSchema, 'fairness'> & { fairness: FairnessReport[] }
export type AlgorithmScores = NonNullable<VersionDetail['leaderboard']>[number]
export type Importance = VersionDetail['importance'][number]
export type Comparison = Static<typeof VersionComparison>
export type RollbackAnswer = Static<typeof RollbackAnswerSchema>

export type { GlobalExplanation, PredictionExplanationAnswer }
export type PredictionExplanation = Extract<PredictionExplanationAnswer, { erased: false }>
export type ExplainedFeature = GlobalExplanation['features'][number]
export type PredictionRow = Static<typeof PredictionView>

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

export type DriftStatus = DriftReport['status']
export type FeatureDrift = Static<typeof FeatureDriftSchema>

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

/** The fields of a claim that the page shows; it carries more. */
export type Claim = {
  claim_id: string
  cpt_bucket?: string
  provider_type?: string
  billed_amount?: number
  allowed_amount?: number
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
