import { evaluateGate, type GateResult, type Measured } from './gate.ts'

export type FairnessFigures = {
  attribute: string
  groups: { group: string; judged: boolean }[]
  demographicParityDifference: NonNullable<Measured>
  disparateImpact: NonNullable<Measured>
  equalOpportunityDifference: NonNullable<Measured>
}

const advice =
  'Find what drives the difference, consider reweighing or another threshold, or record a waiver with its reason.'

/** Default gates per protected attribute: disparate impact 0.8 to 1.25, differences at most 0.10. */
export function fairnessGates(reports: FairnessFigures[]): GateResult[] {
  if (reports.length === 0)
    return [
      {
        gate: 'fairness',
        title: 'Fairness',
        metric: 'fairness',
        value: null,
        severity: 'warn',
        verdict: 'not-declared',
        reason: 'No protected attribute is declared.',
        advice: 'Declare protected attributes in the project, or say there are none.',
      },
    ]
  return reports.flatMap((report) => {
    const nJudged = report.groups.filter((group) => group.judged).length
    if (nJudged < 2) return [tooSmall(report.attribute)]
    const gate = (
      name: string,
      title: string,
      limit: { op: 'between' | '<='; threshold: number | [number, number] },
    ) => ({
      gate: `fairness_${name}:${report.attribute}`,
      title: `${title} by ${report.attribute}`,
      metric: name,
      severity: 'block' as const,
      advice,
      ...limit,
    })
    return [
      evaluateGate(
        gate('disparateImpact', 'Disparate impact', { op: 'between', threshold: [0.8, 1.25] }),
        report.disparateImpact,
      ),
      evaluateGate(
        gate('demographicParityDifference', 'Difference in selection rates', { op: '<=', threshold: 0.1 }),
        report.demographicParityDifference,
      ),
      evaluateGate(
        gate('equalOpportunityDifference', 'Difference in true positive rates', { op: '<=', threshold: 0.1 }),
        report.equalOpportunityDifference,
      ),
    ]
  })
}

function tooSmall(attribute: string): GateResult {
  return {
    gate: `fairness:${attribute}`,
    title: `Fairness by ${attribute}`,
    metric: 'fairness',
    value: null,
    severity: 'warn',
    verdict: 'unknown',
    reason: `Fewer than two groups of ${attribute} have 30 rows in the hold-out.`,
    advice: 'Hold out more rows, or join small groups.',
  }
}
