import type { GateResult, RunDetail } from '../../api/types.ts'
import { formatName } from '../../components/format.ts'

export type TrainingVerdict = {
  tone: 'run' | 'ok' | 'warn' | 'bad' | 'idle'
  /** in a sentence */
  words: string
  /** what stops it or should be looked at, the gravest first */
  gates: GateResult[]
}

const gravity = { blocked: 0, warned: 1, waived: 2 } as const

/** What came of a training: may it go live, and if not, why. */
export function trainingVerdict(run: RunDetail): TrainingVerdict {
  const told = new Map(run.steps.flatMap((step) => step.gates).map((gate) => [gate.gate, gate]))
  const gates = [...told.values()]
    .filter((gate): gate is GateResult & { verdict: keyof typeof gravity } => gate.verdict in gravity)
    .toSorted((a, b) => gravity[a.verdict] - gravity[b.verdict])
  const nBlocked = gates.filter(({ verdict }) => verdict === 'blocked').length
  const name = run.modelVersion === null ? run.model : `${run.model} ${run.modelVersion}`
  switch (run.state) {
    case 'succeeded':
      return { tone: 'ok', words: `${name} went through every gate and is in production.`, gates }
    case 'waiting':
      return { tone: 'warn', words: `${name} passed its gates and waits for a reviewer's decision.`, gates }
    case 'cancelled':
      return { tone: 'idle', words: 'The training was cancelled.', gates }
    case 'failed':
      return { tone: 'bad', words: failureWords(run, nBlocked, name), gates }
    default:
      return { tone: 'run', words: `${name} is being trained.`, gates }
  }
}

function failureWords({ failure }: RunDetail, nBlocked: number, name: string): string {
  if (nBlocked > 0) {
    return `${name} may not go live: ${nBlocked === 1 ? 'a gate stops it' : `${nBlocked} gates stop it`}.`
  }
  return failure === null ? 'The training failed.' : `${formatName(failure.step)} failed: ${failure.message}`
}
