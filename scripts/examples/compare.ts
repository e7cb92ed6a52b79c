import type { ExpectedRun } from './expectation.ts'

/** What a run showed, as far as an expectation speaks of it. */
export type Shown = {
  state: string
  rows: number | null
  warnings: { code: string; column?: string }[]
  violations: { code: string; column?: string; rule: string; count: number }[]
  quarantined: number | null
  /** leakage and other traps of the learning set */
  traps: { code: string; column?: string }[]
  gates: { gate: string; verdict: string }[]
  /** gates that stopped the run, those included that a reviewer lifted */
  stoppedBy: string[]
  /** mean over the folds by algorithm, the best first */
  rocAuc: Record<string, number>
  failure: { code: string; message: string } | null
}

/** `CODE column`, as expectations write it. */
const named = ({ code, column }: { code: string; column?: string }) => (column ? `${code} ${column}` : code)

/** How a run differs from what was written down, one line each; empty when it does not. */
export function differences(expected: ExpectedRun, shown: Shown): string[] {
  const warnings = [...(expected.warnings ?? []), ...(expected.leftOut ?? [])]
  return [
    ...dataDifferences({ ...expected, warnings }, shown),
    ...setDifferences('trap', expected.traps ?? [], shown.traps.map(named)),
    ...gateDifferences(expected, shown),
    ...stateDifferences(expected, shown),
    ...refusalDifferences(expected, shown),
    ...floorDifferences(expected, shown),
  ]
}

/** What validation alone can tell: rows, warnings, broken rules, quarantine. */
export function dataDifferences(
  expected: ExpectedRun,
  shown: Pick<Shown, 'rows' | 'warnings' | 'violations' | 'quarantined'>,
): string[] {
  if (expected.error !== undefined) return []
  const violations = Object.entries(expected.violations ?? {}).map(([rule, n]) => `${rule}: ${n}`)
  return [
    ...differs('rows', expected.rows ?? null, shown.rows),
    ...setDifferences('warning', expected.warnings ?? [], shown.warnings.map(named)),
    ...setDifferences('violation', violations, shown.violations.map(counted)),
    ...differs('quarantined rows', expected.quarantined ?? 0, shown.quarantined),
  ]
}

const counted = ({ code, column, rule, count }: Shown['violations'][number]) => `${code} ${column ?? rule}: ${count}`

/** Gates that measure the machine: on a busy one they stop any run. */
const OF_THE_MACHINE = ['latency']

const isUndecided = ({ undecided = [] }: ExpectedRun, gate: string) =>
  undecided.includes(gate) || OF_THE_MACHINE.includes(gate)

/** A run that nothing but an undecided gate stopped has come as far as was foretold. */
function stateDifferences(expected: ExpectedRun, { state, stoppedBy }: Shown): string[] {
  const blocked = stoppedBy.filter((gate) => !expected.blocked?.includes(gate))
  const isStopped = state === 'failed' && blocked.length > 0 && blocked.every((gate) => isUndecided(expected, gate))
  return isStopped ? [] : differs('state', expected.state, state)
}

function gateDifferences(expected: ExpectedRun, { gates, stoppedBy }: Shown): string[] {
  const isForetold = (gate: string) => !isUndecided(expected, gate)
  const waived = gates.filter(({ verdict }) => verdict === 'waived').map(({ gate }) => gate)
  const stopped = [...new Set(stoppedBy)]
  const lifted = waived.filter((gate) => !stopped.includes(gate))
  return [
    ...setDifferences('blocked', expected.blocked ?? [], stopped.filter(isForetold)),
    ...setDifferences('waived', expected.waived ?? [], lifted.filter(isForetold)),
  ]
}

function refusalDifferences({ error }: ExpectedRun, { failure }: Shown): string[] {
  if (error === undefined) return []
  if (failure?.message.includes(error) || failure?.code === error) return []
  return [`refusal: wanted ${error}, given ${failure ? `${failure.code}: ${failure.message}` : 'none'}`]
}

function floorDifferences({ rocAucAtLeast = {} }: ExpectedRun, { rocAuc }: Shown): string[] {
  return Object.entries(rocAucAtLeast)
    .filter(([algorithm, floor]) => !(rocAuc[algorithm] >= floor))
    .map(([algorithm, floor]) => `ROC-AUC of ${algorithm}: wanted at least ${floor}, given ${score(rocAuc[algorithm])}`)
}

const score = (value: number | undefined) => value?.toFixed(4) ?? 'none'

function setDifferences(what: string, wanted: string[], given: string[]): string[] {
  return [
    ...wanted.filter((entry) => !given.includes(entry)).map((entry) => `${what} lacks: ${entry}`),
    ...given.filter((entry) => !wanted.includes(entry)).map((entry) => `${what} not expected: ${entry}`),
  ]
}

function differs(what: string, wanted: unknown, given: unknown): string[] {
  return wanted === given ? [] : [`${what}: wanted ${String(wanted)}, given ${String(given)}`]
}
