import { AssayError } from '../errors/index.ts'
import type { PredictionCounter } from './counter.ts'
import { decide, type Decision } from './decision.ts'
import type { LoadedVersion } from './loaded-version.ts'
import type { PredictionId } from './prediction-id.ts'
import type { LoggedPrediction, PredictionLog, VariantRole } from './prediction-log.ts'
import type { Runtime } from './runtime.ts'
import { checkInputs, digestRows, inputList, scoreRows } from './scoring.ts'
import type { InputRow } from './validation.ts'

export type PredictRequest = {
  model: string
  /** one input or up to 10,000 */
  inputs: unknown
  /** the champion when left out */
  variant?: 'champion' | 'staging'
  /** id of who asks */
  actor: string
  source?: 'api' | 'stream'
}

export type PredictionAnswer = {
  predictions: { id: string; score: number; decision: Decision; modelVersion: string; variant: VariantRole }[]
}

export type AnsweringParts = {
  runtime: Runtime
  log: PredictionLog
  counter: PredictionCounter
  nextId: () => PredictionId
  /** told of every answered request to the champion; returns at once */
  onAnswered(inputs: unknown[], lines: LoggedPrediction[]): void
}

type ScoredLine = LoggedPrediction & { score: number; decision: Decision }

/** The way of a request: variant, validation, score, decision, durable log, counts, answer. */
export function createAnswering(parts: AnsweringParts): (request: PredictRequest) => Promise<PredictionAnswer> {
  const { runtime, log, counter } = parts
  return async (request) => {
    const arrivedMs = performance.now()
    const variant = request.variant ?? 'champion'
    const { loaded } = runtime.resolve(request.model, variant)
    try {
      const inputs = inputList(request.inputs)
      log.checkRoom(inputs.length)
      const rows = await checkInputs(loaded, inputs)
      const lines = await scoreLines({ ...request, variant }, { loaded, rows, nextId: parts.nextId })
      await log.append(lines)
      const counts = counter.of(loaded, variant)
      counts.addLatency(performance.now() - arrivedMs)
      for (let i = 0; i < lines.length; i++) counts.addRow(rows[i], lines[i].score, lines[i].decision)
      if (variant === 'champion') parts.onAnswered(inputs, lines)
      return answerOf(lines)
    } catch (error) {
      const counts = counter.of(loaded, variant)
      if (error instanceof AssayError && error.kind === 'invalid') counts.nInvalid++
      else counts.nErrors++
      throw error
    }
  }
}

async function scoreLines(
  request: PredictRequest & { variant: 'champion' | 'staging' },
  { loaded, rows, nextId }: { loaded: LoadedVersion; rows: InputRow[]; nextId: () => PredictionId },
): Promise<ScoredLine[]> {
  const { scores, latencyUs } = await scoreRows(loaded, rows)
  const digests = await digestRows(loaded, rows)
  return digests.map((digest, i) => ({
    ...nextId(),
    ...digest,
    model: loaded.model,
    version: loaded.version,
    variant: request.variant,
    source: request.variant === 'staging' ? 'staging' : (request.source ?? 'api'),
    actor: request.actor,
    score: scores[i],
    decision: decide(loaded.policy, scores[i]),
    latencyUs,
    mirrors: null,
    error: null,
  }))
}

function answerOf(lines: ScoredLine[]): PredictionAnswer {
  return {
    predictions: lines.map(({ id, score, decision, version, variant }) => ({
      id,
      score,
      decision,
      modelVersion: version,
      variant,
    })),
  }
}
