import type { PredictionCounter } from './counter.ts'
import type { PredictionId } from './prediction-id.ts'
import type { LoggedPrediction, PredictionLog } from './prediction-log.ts'
import type { Runtime } from './runtime.ts'
import { ShadowMirror } from './shadow-mirror.ts'
import { scoreShadow, type MirroredRequest } from './shadow-scoring.ts'

const MAX_WAITING_ROWS = 10_000
/** Beyond this fill of the log's buffer shadows give way to answers. */
const MAX_LOG_FILL = 0.5

export type ShadowParts = {
  runtime: Runtime
  log: PredictionLog
  counter: PredictionCounter
  nextId: () => PredictionId
}

/** The side road of answered requests: the deployed shadow, if there is one, scores a copy, and log and counts get the result. */
export function createShadow({ runtime, log, counter, nextId }: ShadowParts) {
  const mirror = new ShadowMirror<MirroredRequest>({ work: record, maxRows: MAX_WAITING_ROWS })

  async function record(request: MirroredRequest): Promise<void> {
    const lines = await scoreShadow(request, nextId)
    if (log.fill > MAX_LOG_FILL) throw new Error('the log has no room for shadows')
    await log.append(lines)
    const counts = counter.of(request.shadow, 'shadow')
    counts.addLatency(lines[0].latencyUs / 1000)
    for (const { decision } of lines) {
      if (decision === 'refer') counts.nReferred++
      else if (decision === 'approve') counts.nApproved++
      else counts.nErrors++
    }
  }

  return {
    /** Returns at once and never throws. */
    mirror(inputs: unknown[], answered: LoggedPrediction[]): void {
      const shadow = runtime.find(answered[0].model)?.variants.get('shadow')?.loaded
      if (shadow) mirror.offer({ shadow, inputs, answered, nRows: inputs.length })
    },
    drain: () => mirror.drain(),
    nDropped: () => mirror.nDropped,
  }
}
