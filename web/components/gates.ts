import type { GateResult, GateVerdict } from '../api/types.ts'
import { formatNumber, unknown } from './format.ts'

/** What a person has to read first comes first. */
const order: GateVerdict[] = ['blocked', 'warned', 'waived', 'unknown', 'not-configured', 'not-declared', 'passed']

export const sortGates = (gates: GateResult[]) =>
  gates.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict))

/** How many gates have each verdict, the gravest first; verdicts nobody has are left out. */
export function countVerdicts(gates: GateResult[]): { verdict: GateVerdict; n: number }[] {
  return order
    .map((verdict) => ({ verdict, n: gates.filter((gate) => gate.verdict === verdict).length }))
    .filter(({ n }) => n > 0)
}

const signs = { '>=': '≥', '<=': '≤', '>': '>', '<': '<' } as const

/** What a gate asks for: "≥ 0.85", "0.8 to 1.25", or a dash for a rule without a number. */
export function formatThreshold({ op, threshold }: Pick<GateResult, 'op' | 'threshold'>): string {
  if (op === undefined || threshold == null) return unknown
  if (Array.isArray(threshold)) return threshold.map(formatNumber).join(' to ')
  return op === 'between' ? formatNumber(threshold) : `${signs[op]} ${formatNumber(threshold)}`
}
