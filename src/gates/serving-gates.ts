import { evaluateGate, type GateResult } from './gate.ts'

const smokeAdvice = 'The staging endpoint scores otherwise than the evaluation: do not promote; see the log of stage 9.'

/** Staging answers as evaluated, and fast enough: p95 below 100 ms at 50 requests a second. */
export function servingGates({
  smokePassed,
  p95Ms,
  errorShare,
  profile,
}: {
  smokePassed: number
  p95Ms: number | null
  errorShare: number
  /** on a machine of development a slow answer tells of its other work: only in production it blocks */
  profile: 'development' | 'tuning' | 'production'
}): GateResult[] {
  return [
    evaluateGate(
      {
        gate: 'smoke',
        title: 'Smoke test',
        metric: 'smokePassed',
        op: '>=',
        threshold: 1,
        severity: 'block',
        advice: smokeAdvice,
      },
      smokePassed,
    ),
    evaluateGate(
      {
        gate: 'latency',
        title: 'p95 latency at 50 requests/s (ms)',
        metric: 'p95Ms',
        op: '<',
        threshold: 100,
        severity: profile === 'production' ? 'block' : 'warn',
        advice: 'Use fewer trees, or a larger machine; see what else it was doing.',
      },
      p95Ms,
    ),
    evaluateGate(
      {
        gate: 'serving_errors',
        title: 'Share of failed requests',
        metric: 'errorShare',
        op: '<=',
        threshold: 0,
        severity: 'block',
        advice: 'See the log of the server.',
      },
      errorShare,
    ),
  ]
}

/** Shadowed traffic scores without errors, and the scores are distributed as in the evaluation. */
export function shadowGates({
  nCompared,
  errorShare,
  scorePsi,
}: {
  nCompared: number
  errorShare: number
  scorePsi?: number
}): GateResult[] {
  const gates = [
    evaluateGate(
      {
        gate: 'shadow_compared',
        title: 'Shadowed predictions',
        metric: 'nCompared',
        op: '>=',
        threshold: 1,
        severity: 'block',
        advice: 'Send traffic, or replay some.',
      },
      nCompared,
    ),
    evaluateGate(
      {
        gate: 'shadow_errors',
        title: 'Share of failed shadow predictions',
        metric: 'errorShare',
        op: '<=',
        threshold: 0,
        severity: 'block',
        advice: 'See the log of the server.',
      },
      errorShare,
    ),
  ]
  if (scorePsi === undefined) return gates
  return [
    ...gates,
    evaluateGate(
      {
        gate: 'shadow_score_drift',
        title: 'Score PSI against the evaluation',
        metric: 'scorePsi',
        op: '<',
        threshold: 0.25,
        severity: 'warn',
        advice: 'Live claims look otherwise than the training data.',
      },
      scorePsi,
    ),
  ]
}

/** The way back was tried on staging. */
export function rollbackGate({
  durationMs,
  hasPredecessor,
}: {
  durationMs: number
  hasPredecessor: boolean
}): GateResult {
  const result = evaluateGate(
    {
      gate: 'rollback_rehearsed',
      title: 'Rollback rehearsed on staging (ms)',
      metric: 'rollbackMs',
      op: '<=',
      threshold: 1_000,
      severity: 'warn',
      advice: 'Models should switch in under a second: see memory and model size.',
    },
    durationMs,
  )
  return hasPredecessor
    ? result
    : { ...result, reason: `${result.reason} There is no predecessor yet: only the switch was tried.` }
}
