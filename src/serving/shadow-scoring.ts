import { decide } from './decision.ts'
import type { LoadedVersion } from './loaded-version.ts'
import type { PredictionId } from './prediction-id.ts'
import type { LoggedPrediction } from './prediction-log.ts'
import { scoreInputs } from './scoring.ts'
import { PredictionInputError } from './validation.ts'

/** A request that was answered, for a shadow to score too. */
export type MirroredRequest = {
  shadow: LoadedVersion
  inputs: unknown[]
  /** the answered predictions, one for each input */
  answered: LoggedPrediction[]
  nRows: number
}

/** What a shadow makes of a mirrored request: a score for each row, or the error it failed with. Never throws. */
export async function scoreShadow(
  { shadow, inputs, answered }: MirroredRequest,
  nextId: () => PredictionId,
): Promise<LoggedPrediction[]> {
  const outcome = await attempt(shadow, inputs)
  return answered.map((answer, i) => ({
    ...nextId(),
    model: answer.model,
    version: shadow.version,
    variant: 'shadow',
    source: answer.source,
    actor: answer.actor,
    sealed: null,
    subject: answer.subject,
    inputDigest: answer.inputDigest,
    score: outcome.scores?.[i] ?? null,
    decision: outcome.scores ? decide(shadow.policy, outcome.scores[i]) : null,
    latencyUs: outcome.latencyUs,
    mirrors: answer.id,
    error: outcome.error,
  }))
}

async function attempt(
  shadow: LoadedVersion,
  inputs: unknown[],
): Promise<{ scores: Float64Array | null; latencyUs: number; error: string | null }> {
  try {
    return { ...(await scoreInputs(shadow, inputs)), error: null }
  } catch (error) {
    return { scores: null, latencyUs: 0, error: describe(error) }
  }
}

/** The error for the log, without what was in the inputs. */
function describe(error: unknown): string {
  if (error instanceof PredictionInputError) {
    const columns = new Set(error.faults.map(({ rule, column }) => `${column} (${rule})`))
    return `The inputs do not fit the signature: ${[...columns].join(', ')}`.slice(0, 500)
  }
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
