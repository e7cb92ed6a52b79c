import { claimAt, claimInput, generateClaims, type Claim, type DriftSetting } from '../../claims/index.ts'
import { AssayError } from '../../errors/index.ts'
import type { Serving } from '../../serving/index.ts'

export type StreamStatus = {
  running: boolean
  /** claims per second as asked for */
  rate: number
  drift: DriftSetting | null
  /** claims sent since the start of the stream */
  nSent: number
  startedAt: string | null
}

export type StreamedClaim = {
  type: 'claim'
  seq: number
  claim: Claim
  prediction: { id: string; score: number; decision: string; modelVersion: string } | null
}

export type LiveStream = {
  status(): StreamStatus
  /** Starts, or changes rate and drift of a running stream. */
  start(options: { rate?: number; drift?: DriftSetting | null }): StreamStatus
  stop(): StreamStatus
  /** Calls `watcher` for each claim until the returned function is called. */
  watch(watcher: (claim: StreamedClaim) => void): () => void
  close(): Promise<void>
}

export type LiveStreamOptions = {
  serving: Pick<Serving, 'predict'>
  model: string
  /** in whose name the claims are scored */
  actor: string
  seed: number
  /** claims per second at first */
  rate: number
  /** milliseconds since 1970 */
  now: () => number
  onError: (error: unknown) => void
}

const TICK_MS = 100
/** Faster streams are for eyes: without a watcher they slow down to this. */
const UNWATCHED_RATE = 100
/** Never more at once: a stalled process catches up slowly instead of all at once. */
const MAX_BATCH = 1_000
/** Each second of the clock has room for the fastest stream, so claims of two starts never share an index. */
const CLAIMS_PER_SECOND = 5_000

/**
 * Synthetic claims arriving in real time, each scored by the champion as any other claim would be. Before there is a champion
 * they flow without a prediction. Memory stays flat: a batch is generated, scored, shown and forgotten.
 */
export function createLiveStream(options: LiveStreamOptions): LiveStream {
  const watchers = new Set<(claim: StreamedClaim) => void>()
  const status: StreamStatus = { running: false, rate: options.rate, drift: null, nSent: 0, startedAt: null }
  let index = 0
  let owed = 0
  let lastTick = 0
  let timer: NodeJS.Timeout | undefined
  let batch: Promise<void> | undefined

  function tick(): void {
    const now = options.now()
    const rate = watchers.size > 0 ? status.rate : Math.min(status.rate, UNWATCHED_RATE)
    owed = Math.min(owed + (rate * (now - lastTick)) / 1_000, MAX_BATCH)
    lastTick = now
    const n = Math.floor(owed)
    if (n === 0 || batch) return
    owed -= n
    batch = send(n)
      .catch(options.onError)
      .finally(() => {
        batch = undefined
      })
  }

  async function send(n: number): Promise<void> {
    const startDate = new Date(options.now()).toISOString().slice(0, 10)
    const columns = generateClaims({
      n,
      seed: options.seed,
      startIndex: index,
      startDate,
      drift: status.drift ?? undefined,
    })
    index += n
    const claims = Array.from({ length: n }, (_, i) => claimAt(columns, i))
    const predictions = await score(options, claims)
    for (const [i, claim] of claims.entries()) {
      status.nSent++
      const prediction = predictions[i] ?? null
      for (const watcher of watchers) watcher({ type: 'claim', seq: status.nSent, claim, prediction })
    }
  }

  return {
    status: () => ({ ...status }),
    start({ rate, drift }) {
      if (rate !== undefined) status.rate = rate
      if (drift !== undefined) status.drift = drift
      if (!status.running) {
        Object.assign(status, { running: true, nSent: 0, startedAt: new Date(options.now()).toISOString() })
        index = Math.floor(options.now() / 1_000) * CLAIMS_PER_SECOND
        owed = 0
        lastTick = options.now()
        timer = setInterval(tick, TICK_MS)
      }
      return { ...status }
    },
    stop() {
      clearInterval(timer)
      status.running = false
      return { ...status }
    },
    watch(watcher) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    async close() {
      clearInterval(timer)
      await batch
    },
  }
}

/** The champion's predictions of the claims; none before there is a champion. */
async function score({ serving, model, actor }: LiveStreamOptions, claims: Claim[]) {
  try {
    return (await serving.predict({ model, inputs: claims.map(claimInput), actor, source: 'stream' })).predictions
  } catch (error) {
    if (error instanceof AssayError && (error.code === 'NO_CHAMPION' || error.code === 'NOT_FOUND')) return []
    throw error
  }
}
