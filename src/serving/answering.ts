import { AssayError } from '../errors/index.ts'
import type { PredictionCounter } from './counter.ts'
import { decide, type Decision } from './decision.ts'
import type { LoadedVersion } from './loaded-version.ts'
import type { PredictionId } from './prediction-id.ts'
import type { LoggedPrediction, PredictionLog, VariantRole } from './prediction-log.ts'
import type { Runtime } from './runtime.ts'
import { inputList, scoreInputs, type ScoredInputs } from './scoring.ts'
import type { InputSeal, NamedSubjects, Sealing } from './sealing.ts'
import { inSlices } from './slices.ts'

export type PredictRequest = NamedSubjects & {
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
  sealing: Sealing
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
      const scored = await scoreInputs(loaded, inputs)
      const seals = await parts.sealing.of(request, inputs.length)
      const lines = await linesOf({ ...request, variant }, { loaded, scored, seals, nextId: parts.nextId })
      await log.append(lines)
      counter.of(loaded, variant).addLatency(performance.now() - arrivedMs)
      const counting = inSlices(lines.length, (from, to) => {
        const counts = counter.of(loaded, variant)
        for (let i = from; i < to; i++) counts.addRow(scored.rows[i], lines[i].score, lines[i].decision)
      })
      if (counting) await counting
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

type Scored = { loaded: LoadedVersion; scored: ScoredInputs; seals: InputSeal[] }

async function linesOf(
  request: PredictRequest & { variant: 'champion' | 'staging' },
  { loaded, scored, seals, nextId }: Scored & { nextId: () => PredictionId },
): Promise<ScoredLine[]> {
  const { rows, scores, latencyUs } = scored
  const { model, version } = loaded
  const { variant, actor } = request
  const source = variant === 'staging' ? 'staging' : (request.source ?? 'api')
  const lines: ScoredLine[] = []
  const building = inSlices(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const input = loaded.inputJson(rows[i])
      const { key, subject } = seals[i]
      const place = nextId()
      lines.push({
        ...place,
        model,
        version,
        variant,
        source,
        actor,
        sealed: key.seal(input, place.id),
        subject,
        inputDigest: key.digest(input),
        score: scores[i],
        decision: decide(loaded.policy, scores[i]),
        latencyUs,
        mirrors: null,
        error: null,
      })
    }
  })
  if (building) await building
  return lines
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
