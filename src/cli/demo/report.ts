import type { RunDetail } from '../../pipelines/index.ts'

type CvMetric = { mean: number; folds: number[] }
type CvMetrics = { rocAuc: CvMetric; prAuc: CvMetric; logLoss: CvMetric }
export type DemoWarning = { code: string; column?: string; message: string }
export type DemoViolation = { code: string; column?: string; rule: string; count: number }

/** What `assay demo --json` prints. */
export type DemoReport = {
  runId: string
  status: string
  stages: { name: string; status: string; durationMs: number | null }[]
  dataset: { rows: number; columns: number; version: string } | null
  /** by algorithm, the best first */
  cv: Record<string, CvMetrics>
  model: { name: string; version: string; sha256: string } | null
  warnings: DemoWarning[]
  /** rules of the contract that rows broke */
  violations: DemoViolation[]
  /** rows that broke one and are not in the dataset version */
  quarantined: number | null
  /** every gate with its verdict, in the order of the stages */
  gates: { gate: string; verdict: string }[]
  /** gates that stopped the run, those included that the reviewer lifted */
  stoppedBy: string[]
  failure: { step: string; code: string; message: string } | null
  prediction: { id: string; score: number; decision: string; replayEqual: boolean } | null
  drift: { status: string; driftScore: number | null } | null
  /** by protected attribute */
  fairness?: Record<string, unknown>
}

/** Outputs of the stages that the report is made of; a stage that did not succeed has none. */
export type StageOutputs = {
  data_validation?: {
    dataset: { nRows: number; nColumns: number; id: string; nQuarantined: number }
    warnings: DemoWarning[]
    violations: DemoViolation[]
    traps: DemoWarning[]
  }
  full_train?: {
    timeSplit?: { trap?: DemoWarning }
    artifact: string
    leaderboard: { algorithm: string; cv: CvMetrics }[]
  }
  evaluate?: { fairness: ({ attribute: string } & Record<string, unknown>)[] }
}

/** The part of the report that the run itself tells. */
export function reportOf(run: RunDetail, outputs: StageOutputs): DemoReport {
  const { data_validation: ingested, full_train: trained, evaluate } = outputs
  const fairness = evaluate?.fairness ?? []
  const timeTrap = trained?.timeSplit?.trap
  return {
    runId: run.id,
    status: run.state,
    stages: run.steps.map(({ name, state, durationMs }) => ({ name, status: state, durationMs })),
    dataset: ingested
      ? { rows: ingested.dataset.nRows, columns: ingested.dataset.nColumns, version: ingested.dataset.id }
      : null,
    cv: Object.fromEntries((trained?.leaderboard ?? []).map(({ algorithm, cv }) => [algorithm, short(cv)])),
    model:
      trained && run.modelVersion ? { name: run.model, version: run.modelVersion, sha256: trained.artifact } : null,
    warnings: [...(ingested?.warnings ?? []), ...(ingested?.traps ?? []), ...(timeTrap ? [timeTrap] : [])].map(
      ({ code, column, message }) => ({
        code,
        ...(column ? { column } : {}),
        message,
      }),
    ),
    violations: (ingested?.violations ?? []).map(({ code, column, rule, count }) => ({
      code,
      ...(column ? { column } : {}),
      rule,
      count,
    })),
    quarantined: ingested?.dataset.nQuarantined ?? null,
    gates: run.steps.flatMap((step) => step.gates.map(({ gate, verdict }) => ({ gate, verdict }))),
    stoppedBy: [],
    failure: run.failure,
    prediction: null,
    drift: null,
    ...(fairness.length > 0
      ? { fairness: Object.fromEntries(fairness.map(({ attribute, ...report }) => [attribute, report])) }
      : {}),
  }
}

const short = ({ rocAuc, prAuc, logLoss }: CvMetrics): CvMetrics => ({
  rocAuc: bare(rocAuc),
  prAuc: bare(prAuc),
  logLoss: bare(logLoss),
})

const bare = ({ mean, folds }: CvMetric): CvMetric => ({ mean, folds })

/** Whether the main job came to its end: promoted, answered, and answered the same again. */
export function isWell(report: DemoReport): boolean {
  return report.status === 'succeeded' && report.prediction?.replayEqual === true && report.drift !== null
}
