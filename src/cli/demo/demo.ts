import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceSpec } from '../../data/index.ts'
import type { RunDetail } from '../../pipelines/index.ts'
import { startAssayProcess } from '../children/assay-process.ts'
import { makeTemporaryHome } from '../children/temporary-home.ts'
import { createClient, type Client } from '../client.ts'
import type { Output } from '../output.ts'
import { blockingGates, watchRun } from '../watch-run.ts'
import { generatedClaims, sourceClaims, type DemoClaim, type Signature } from '../claims.ts'
import { reportOf, type DemoReport, type StageOutputs } from './report.ts'

/** Counts for drift leave the serving process once a minute. */
const DRIFT_TIMEOUT_MS = 100_000
const DRIFT_POLL_MS = 1_000

export type DemoOptions = {
  /** body of POST /pipeline/start */
  request: Record<string, unknown>
  /** what the reviewer lifts when the run stops at gates */
  waive?: { gates: string[]; reason: string }
  output: Output
  signal: AbortSignal
}

/**
 * The main job, end to end, by HTTP alone, in a home and on a port of its own: an author starts the pipeline, a reviewer
 * approves, claims are decided and one is replayed, outcomes come in, and drift is reported. Leaves nothing behind.
 */
export async function runDemo(options: DemoOptions): Promise<DemoReport> {
  const { output } = options
  const temporary = makeTemporaryHome('demo')
  output.note(`Starting an Assay of its own in ${temporary.home}`)
  try {
    const assay = await startAssayProcess({
      home: temporary.home,
      env: { ASSAY_SAMPLE_DATA: 'false', ASSAY_LOG_LEVEL: 'warn' },
    })
    const stop = () => assay.kill('SIGINT')
    options.signal.addEventListener('abort', stop)
    try {
      return await walkThrough(assay.url, assay.firstKey ?? undefined, options)
    } finally {
      options.signal.removeEventListener('abort', stop)
      await assay.stop()
    }
  } finally {
    temporary.remove()
  }
}

async function walkThrough(url: string, adminKey: string | undefined, options: DemoOptions): Promise<DemoReport> {
  const admin = createClient({ url, key: adminKey })
  const author = await addActor(admin, 'Demo author', 'developer')
  const reviewer = await addActor(admin, 'Demo reviewer', 'reviewer')
  const { run, stoppedBy } = await runPipeline({ author, reviewer }, options)
  const report = { ...reportOf(run, await stageOutputs(author, run)), stoppedBy }
  if (run.state !== 'succeeded' || !run.modelVersion) return report

  type Version = { signature: Signature }
  const { signature } = await author.get<Version>(`/models/${run.model}/${run.modelVersion}`)
  const { data, contractYaml } = await ingested(author, run)
  const claims =
    data.kind === 'synthetic'
      ? await generatedClaims(author, signature)
      : await sourceClaims(data, contractYaml, signature)
  report.prediction = await decide(author, run.model, claims)
  options.output.note(
    `  ${claims.length} claims decided; the first one replayed ${report.prediction.replayEqual ? 'alike' : 'DIFFERENTLY'}`,
  )
  report.drift = await driftOf(author, run.model, claims.length)
  return report
}

async function addActor(admin: Client, name: string, role: string): Promise<Client> {
  const { key } = await admin.post<{ key: string }>('/actors', { name, roles: [role] })
  return createClient({ url: admin.url, key })
}

/** Starts the run as its author and approves it as the reviewer when it waits. */
async function runPipeline(
  { author, reviewer }: { author: Client; reviewer: Client },
  { request, waive, output, signal }: DemoOptions,
): Promise<{ run: RunDetail; stoppedBy: string[] }> {
  const { runId } = await author.post<{ runId: string }>('/pipeline/start', request)
  output.note(`Run ${runId}`)
  const told = new Set<string>()
  let first = await watchRun({ client: author, output, signal }, runId, told)
  const stoppedBy = gatesThatStopped(first)
  if (stoppedBy.length > 0 && waive) {
    await reviewer.post(`/pipeline/${runId}/waivers`, waive)
    output.note(`  the reviewer waived ${waive.gates.join(', ')}`)
    first = await watchRun({ client: author, output, signal }, runId, told)
  }
  if (first.state !== 'waiting') return { run: first, stoppedBy }
  await reviewer.post(`/pipeline/${runId}/approve`, {
    reason: 'Demonstration: gates and comparison have been looked at.',
  })
  const run = await watchRun({ client: author, output, signal }, runId, told)
  return { run, stoppedBy: [...stoppedBy, ...gatesThatStopped(run)] }
}

const gatesThatStopped = (run: RunDetail) => (run.state === 'failed' ? blockingGates(run) : [])

async function stageOutputs(client: Client, run: RunDetail): Promise<StageOutputs> {
  const wanted = ['data_validation', 'full_train', 'evaluate']
  const entries = wanted.map(async (name) => {
    const { outputs } = await client.get<{ outputs: object | null }>(`/pipeline/${run.id}/steps/${name}`)
    return [name, outputs ?? undefined]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Where the run's data came from, and the contract that it was held against. */
async function ingested(client: Client, run: RunDetail) {
  type Step = {
    configuration: { project: { data: { kind: 'synthetic' } | SourceSpec } }
    outputs: { contractYaml: string }
  }
  const { configuration, outputs } = await client.get<Step>(`/pipeline/${run.id}/steps/data_validation`)
  return { data: configuration.project.data, contractYaml: outputs.contractYaml }
}

type Answer = { predictions: { id: string; score: number; decision: string }[] }

/** Has the claims decided, replays the first, and tells the outcomes that are known. */
async function decide(
  client: Client,
  model: string,
  claims: DemoClaim[],
): Promise<NonNullable<DemoReport['prediction']>> {
  const { predictions } = await client.post<Answer>(`/predict/${model}`, { inputs: claims.map((claim) => claim.input) })
  const { id, score, decision } = predictions[0]
  const { equal } = await client.post<{ equal: boolean }>(`/predictions/${id}/replay`)
  const outcomes = claims.flatMap(({ label }, i) =>
    label === null ? [] : [{ predictionId: predictions[i].id, label }],
  )
  if (outcomes.length > 0) await client.post('/outcomes', { outcomes })
  return { id, score, decision, replayEqual: equal }
}

/** Waits until the report has seen the predictions that were just made. */
async function driftOf(client: Client, model: string, n: number): Promise<NonNullable<DemoReport['drift']>> {
  type Report = { status: string; driftScore: number | null; nCurrent: number }
  const deadline = Date.now() + DRIFT_TIMEOUT_MS
  for (;;) {
    const { status, driftScore, nCurrent } = await client.get<Report>(`/monitoring/drift/${model}`)
    if (nCurrent >= n || Date.now() > deadline) return { status, driftScore }
    await sleep(DRIFT_POLL_MS)
  }
}
