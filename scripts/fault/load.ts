import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, type Client } from '../../src/cli/client.ts'
import { generatedClaims, type DemoClaim, type Signature } from '../../src/cli/claims.ts'
import type { RunDetail, RunSummary } from '../../src/pipelines/index.ts'
import type { Journal } from './journal.ts'

export const MODEL = 'claims-denial'
const RETRY_MS = 50
const RUN_POLL_MS = 200

/** Small enough for a run to take seconds, large enough for its gates to pass. */
const project = {
  data: { kind: 'synthetic', n: 3_000, seed: 7 },
  training: { options: { random_forest: { nTrees: 40 } }, nFolds: 3 },
  shadow: { minRequests: 20, maxWaitMs: 500 },
  gates: {},
}

/** Where Assay answers now; it changes with each restart. */
export type Target = { url: string; key: string }

/**
 * Keeps asking until it is told to stop, through every restart; each acknowledged answer goes to the journal first.
 * `target` is read anew for every call.
 */
export function startLoad(target: () => Target, journal: Journal) {
  const stopping = new AbortController()
  const isStopped = () => stopping.signal.aborted
  const client = (): Client => createClient(target())

  /** Runs `work` again and again; what fails because the server is away is tried anew. */
  async function repeat(work: () => Promise<unknown>): Promise<void> {
    while (!isStopped()) await work().catch(() => sleep(RETRY_MS))
  }

  let claims: DemoClaim[] | undefined
  async function predict(): Promise<void> {
    claims ??= await loadClaims(client())
    const batch = Array.from({ length: 5 }, () => claims![Math.floor(Math.random() * claims!.length)])
    type Answer = { predictions: { id: string }[] }
    const answer = await client().post<Answer>(`/predict/${MODEL}`, { inputs: batch.map((claim) => claim.input) })
    const ids = answer.predictions.map((prediction) => prediction.id)
    journal.append('prediction', ids)
    const outcomes = ids.map((predictionId, i) => ({ predictionId, label: batch[i].label ?? 0 }))
    await client().post('/outcomes', { outcomes })
    journal.append('outcome', ids)
  }

  const workers = [repeat(predict), repeat(predict), repeat(() => runOnce(client, journal, isStopped))]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(workers)
    },
  }
}

async function loadClaims(client: Client): Promise<DemoClaim[]> {
  const { versions } = await client.get<{ versions: { signature: Signature }[] }>(`/models/${MODEL}`)
  return generatedClaims(client, versions[0].signature)
}

/** Starts a run and sees it to its end, approving it on the way. */
export async function runOnce(client: () => Client, journal: Journal, isStopped: () => boolean): Promise<RunDetail> {
  const { runId } = await client().post<{ runId: string }>('/pipeline/start', { configOverrides: project })
  journal.append('run', [runId])
  for (;;) {
    const run = await approveIfWaiting(client, journal, runId).catch(() => undefined)
    if (run && (isEnded(run) || isStopped())) return run
    if (!run && isStopped()) throw new Error('stopped while the server was away')
    await sleep(RUN_POLL_MS)
  }
}

async function approveIfWaiting(client: () => Client, journal: Journal, runId: string): Promise<RunDetail> {
  const run = await client().get<RunDetail>(`/pipeline/${runId}/status`)
  if (run.state === 'waiting') {
    await client().post(`/pipeline/${runId}/approve`, { reason: 'fault test' })
    journal.append('vote', [runId])
  }
  return run
}

/** Sees every run to its end. @returns those that did not end in time, or failed for another reason than their gates */
export async function finishRuns(client: () => Client, journal: Journal, timeoutMs: number): Promise<RunSummary[]> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const { items } = await client().get<{ items: RunSummary[] }>('/pipeline/runs', { limit: 200 })
    const open = items.filter((run) => !isEnded(run))
    for (const run of open) await approveIfWaiting(client, journal, run.id)
    const failed = items.filter((run) => run.state === 'failed' && run.failure?.code !== 'GATE_BLOCKED')
    if (open.length === 0 || Date.now() > deadline) return [...open, ...failed]
    await sleep(RUN_POLL_MS)
  }
}

const isEnded = (run: Pick<RunSummary, 'state'>) => ['succeeded', 'failed', 'cancelled'].includes(run.state)
