import { createKey, PIPELINE_ACTOR } from '../../access/index.ts'
import { servingGates, summariseGates } from '../../gates/index.ts'
import { AssayError } from '../../errors/index.ts'
import { findServerUrl, withTransaction, type Db } from '../../platform/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { getDeployment, setDeployment, transition, type Variant } from '../../registry/index.ts'
import { loadTest } from '../../serving/index.ts'
import type { StageDeps } from './deps.ts'
import { sampleClaims } from './sample-claims.ts'
import { projectOfRun, resultOf } from './stage-results.ts'
import { withWaivers } from './with-waivers.ts'

const KEY_LIFETIME_MS = 10 * 60_000
const REQUESTS_PER_SECOND = 50
const LOAD_MS = 3_000

/** Stage 9: deploys to the staging endpoint; smoke test and load test over HTTP. */
export const staging =
  ({ db, config }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { run, effect, log, signal } = context
    const { model } = projectOfRun(context)
    const { version } = resultOf(context, 'evaluate')
    const samples = await sampleClaims(context, { config })
    const revision = await effect('deploy', async (tx) => {
      await transition(tx, { model, version, to: 'staging', actor: run.actor, reason: `run ${run.id}` })
      const variants = [...(await variantsBut(tx, model, 'staging')), { version, role: 'staging' as const, share: 0 }]
      return (await setDeployment(tx, model, variants, { actor: run.actor, reason: `staging by run ${run.id}` }))
        .revision
    })
    const server = await serverFor(db)
    await waitForVariant({ ...server, model, version, input: samples[0].input, signal })
    log('info', `Deployed ${model} ${version} to staging at ${server.url}.`)

    const smoke = await smokeTest({ ...server, model, samples, signal })
    log(smoke.passed ? 'info' : 'error', `Smoke test: ${smoke.text}`)
    const load = await loadTest({
      ...server,
      model,
      variant: 'staging',
      rows: samples.map((sample) => sample.input),
      requestsPerSecond: REQUESTS_PER_SECOND,
      durationMs: LOAD_MS,
      signal,
    })
    log(
      'info',
      `Load test: ${load.nRequests} requests at ${REQUESTS_PER_SECOND}/s, p95 ${load.p95Ms.toFixed(1)} ms, ${load.nErrors} errors.`,
    )
    const judged = servingGates({
      smokePassed: smoke.passed ? 1 : 0,
      p95Ms: load.p95Ms,
      errorShare: load.nErrors / load.nRequests,
      profile: projectOfRun(context).profile,
    })
    const gates = await withWaivers(context, { db }, judged)
    const summary = summariseGates(gates)
    return {
      kind: summary.verdict === 'blocked' ? 'blocked' : 'done',
      outputs: { revision, smoke, load },
      gates,
      reason: summary.verdict === 'blocked' ? summary.text : undefined,
    }
  }

/** The deployment's variants without those of a role. */
export async function variantsBut(
  tx: Db | Parameters<typeof getDeployment>[0],
  model: string,
  role: Variant['role'],
): Promise<Variant[]> {
  return (await getDeployment(tx, model)).variants.filter((variant) => variant.role !== role)
}

export type Server = { url: string; key: string }

/** A server that answers HTTP, and a key of the pipeline's own that soon expires. */
export async function serverFor(db: Db): Promise<Server> {
  const url = await findServerUrl(db)
  if (!url) throw new AssayError('NO_SERVER', {})
  const expiresAt = new Date(Date.now() + KEY_LIFETIME_MS)
  const { key } = await withTransaction(db, (tx) => createKey(tx, PIPELINE_ACTOR, { by: PIPELINE_ACTOR, expiresAt }))
  return { url, key }
}

export type Answer = { id: string; score: number; decision: string; modelVersion: string; variant: string }

/** One prediction over HTTP. @throws STAGING_REFUSED with the server's answer when it is not a prediction */
export async function predictOverHttp(
  { url, key, model, signal }: Server & { model: string; signal: AbortSignal },
  { input, variant }: { input: unknown; variant?: string },
): Promise<Answer> {
  const query = variant ? `?variant=${variant}` : ''
  const response = await fetch(`${url}/api/v1/predict/${model}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: input }),
    signal,
  })
  if (!response.ok)
    throw new AssayError('STAGING_REFUSED', { status: response.status, answer: (await response.text()).slice(0, 500) })
  const body = (await response.json()) as { predictions: Answer[] }
  return body.predictions[0]
}

const WAIT_MS = 20_000
const PAUSE_MS = 50

/** Waits until the staging endpoint answers with this version. */
export async function waitForVariant(
  target: Server & { model: string; version: string; input: unknown; signal: AbortSignal },
): Promise<void> {
  const deadline = performance.now() + WAIT_MS
  for (;;) {
    const answer = await predictOverHttp(target, { input: target.input, variant: 'staging' }).catch((error) => {
      if (performance.now() > deadline) throw error
    })
    if (answer?.modelVersion === target.version) return
    if (performance.now() > deadline)
      throw new AssayError('STAGING_REFUSED', { status: 200, answer: `still version ${answer?.modelVersion}` })
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}

/** The endpoint's scores are, bit for bit, those of the evaluation. */
async function smokeTest(
  target: Server & { model: string; samples: { input: unknown; score: number }[]; signal: AbortSignal },
) {
  const nSmoke = Math.min(10, target.samples.length)
  let nEqual = 0
  for (const sample of target.samples.slice(0, nSmoke)) {
    const { score } = await predictOverHttp(target, { input: sample.input, variant: 'staging' })
    if (Object.is(score, sample.score)) nEqual++
  }
  return { passed: nEqual === nSmoke, text: `${nEqual} of ${nSmoke} scores equal those of the evaluation.` }
}
