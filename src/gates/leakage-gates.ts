import type { Trap } from '../learn/index.ts'
import type { GateResult } from './gate.ts'

/**
 * A gate for each trap found in the learning set, `leakage:<CODE>:<column>`, or `leakage:<CODE>` where no column is at
 * fault. A trap that blocks may be waived like any gate, by its id or the beginning of several (`leakage:TARGET_LEAK*`).
 * @param traps what `findTraps` gave; undefined when the checks could not run, which is never shown as passed
 */
export function leakageGates(traps: readonly Trap[] | undefined): GateResult[] {
  if (!traps)
    return [
      {
        ...base,
        severity: 'warn',
        verdict: 'unknown',
        reason: 'The checks for leakage did not run.',
        advice: 'See why in the log of the step, and run it again.',
      },
    ]
  if (traps.length === 0)
    return [{ ...base, value: 0, severity: 'block', verdict: 'passed', reason: 'No trap was found.', advice: '' }]
  return traps.map(({ code, column, severity, message, advice }) => ({
    gate: column === undefined ? `leakage:${code}` : `leakage:${code}:${column}`,
    title: column === undefined ? titleOf(code) : `${titleOf(code)} in ${column}`,
    metric: 'nTraps',
    value: 1,
    severity,
    verdict: severity === 'block' ? 'blocked' : 'warned',
    reason: message,
    advice,
  }))
}

const base = { gate: 'leakage', title: 'Leakage', metric: 'nTraps', value: null }

/** TARGET_LEAK becomes "Target leak". */
function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ')
  return words[0].toUpperCase() + words.slice(1)
}
