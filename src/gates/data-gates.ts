import { evaluateGate, type GateResult } from './gate.ts'

const limits = { completeness: 0.9, validity: 0.95, consistency: 0.98 }

/** Gates over a dataset version's quality; a score the contract gives nothing for is not gated. */
export function dataQualityGates(quality: Record<keyof typeof limits, number | null>): GateResult[] {
  return (Object.keys(limits) as (keyof typeof limits)[])
    .filter((name) => quality[name] !== null)
    .map((name) =>
      evaluateGate(
        {
          gate: `data_${name}`,
          title: `Data ${name}`,
          metric: name,
          op: '>=',
          threshold: limits[name],
          severity: 'block',
          advice: 'Look at the quarantine: correct the source, or the contract where it is too strict.',
        },
        quality[name],
      ),
    )
}
