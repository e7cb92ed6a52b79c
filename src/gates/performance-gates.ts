import { binaryMetrics } from '../learn/index.ts'
import { evaluateGate, type GateResult, type GateSeverity, type Measured } from './gate.ts'

const known: Record<string, { title: string; betterIs: 'higher' | 'lower' | 'neither' } | undefined> = binaryMetrics
const advice =
  'Compare with the champion, look at the segments and the importance, and train again with better data or settings.'

/**
 * A project's own numbers. Where it sets none for the AUC: block if the lower bound is not above 0.5, so a model that may be no
 * better than chance never goes live.
 */
export function performanceGates(
  settings: Record<string, { threshold: number; severity?: GateSeverity }>,
  metrics: Record<string, Measured>,
): GateResult[] {
  const own = Object.entries(settings).map(([metric, { threshold, severity = 'block' }]) =>
    evaluateGate(
      {
        gate: `performance_${metric}`,
        title: known[metric]?.title ?? metric,
        metric,
        op: known[metric]?.betterIs === 'lower' ? '<=' : '>=',
        threshold,
        severity,
        advice,
      },
      metrics[metric],
    ),
  )
  if (settings.rocAuc) return own
  const auc = metrics.rocAuc
  const lower = typeof auc === 'object' && auc !== null ? auc.lower : undefined
  return [
    evaluateGate(
      {
        gate: 'performance_better_than_chance',
        title: 'Lower bound of ROC-AUC',
        metric: 'rocAuc',
        op: '>',
        threshold: 0.5,
        severity: 'block',
        advice,
      },
      lower,
    ),
    ...own,
  ]
}

/** Spread of the AUC over the folds. */
export function stabilityGate(standardDeviation: number | undefined): GateResult {
  return evaluateGate(
    {
      gate: 'stability',
      title: 'Standard deviation of ROC-AUC over folds',
      metric: 'rocAucFoldSd',
      op: '<=',
      threshold: 0.05,
      severity: 'block',
      advice: 'Use more data, or simpler settings: the model depends on which rows it sees.',
    },
    standardDeviation,
  )
}

export type Challenge =
  | { version: string; difference: { estimate: number; lower: number; upper: number } }
  | { version: string; incomparable: string }
  | undefined

/**
 * Challenger against champion on the same hold-out by the paired bootstrap: blocks when the whole interval is below 0, warns when
 * it spans 0, blocks when it was not measured. Without a champion there is nothing to be worse than: passed, and said so.
 */
export function challengerGate(challenge: Challenge): GateResult {
  const base = {
    gate: 'challenger',
    title: 'Challenger against champion',
    metric: 'rocAucDifference',
    severity: 'block' as const,
  }
  if (!challenge) return { ...base, value: null, verdict: 'passed', reason: 'There is no champion yet.', advice: '' }
  if ('incomparable' in challenge)
    return {
      ...base,
      value: null,
      verdict: 'unknown',
      reason: `Champion ${challenge.version} cannot be compared: ${challenge.incomparable}.`,
      advice: 'Judge by the absolute gates, and look at the shadow comparison.',
    }
  const { estimate, lower, upper } = challenge.difference
  if (![estimate, lower, upper].every(Number.isFinite))
    return {
      ...base,
      value: null,
      verdict: 'blocked',
      reason: `The difference in ROC-AUC to champion ${challenge.version} was not measured.`,
      advice: 'See why it is not a number: a hold-out with one class only has no ROC-AUC.',
    }
  const shown = `${signed(estimate)} (${signed(lower)} to ${signed(upper)})`
  const verdict = upper < 0 ? 'blocked' : lower > 0 ? 'passed' : 'warned'
  const meaning = { blocked: 'worse than', passed: 'better than', warned: 'not clearly different from' }[verdict]
  return {
    ...base,
    value: estimate,
    interval: { lower, upper },
    verdict,
    reason: `ROC-AUC is ${meaning} champion ${challenge.version}: ${shown}.`,
    advice: verdict === 'passed' ? '' : 'Promote only if something else speaks for this version.',
  }
}

const signed = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(4)}`

/** Present for every feature, or the model cannot be explained. */
export function explanationGate(importance: { feature: string; mean: number }[]): GateResult {
  return evaluateGate(
    {
      gate: 'explanation',
      title: 'Features with permutation importance',
      metric: 'nExplained',
      op: '>=',
      threshold: 1,
      severity: 'block',
      advice: 'The importance could not be computed: see the log of stage 7.',
    },
    importance.filter(({ mean }) => Number.isFinite(mean)).length,
  )
}
