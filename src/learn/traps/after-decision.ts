import { adviceFor } from './advice.ts'
import type { Trap, TrapInput } from './trap.ts'

/** Features that the contract itself says are not known at the decision. */
export function findAfterDecision({ table, afterDecision = [] }: TrapInput): Trap[] {
  const late = new Set(afterDecision)
  return table.columns
    .filter(({ name }) => late.has(name))
    .map(({ name }) => ({
      code: 'AFTER_DECISION',
      severity: 'block',
      column: name,
      evidence: { decisionTime: 'false' },
      message: `${name} is a feature, but its contract says that it is not known yet when the decision is made.`,
      advice: adviceFor('AFTER_DECISION'),
    }))
}
