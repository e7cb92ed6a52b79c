import { shadowGates, summariseGates } from '../../gates/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { findChampion, setDeployment } from '../../registry/index.ts'
import { shadowReport } from '../../serving/index.ts'
import { psi, countInto, referenceBins } from '../../stats/index.ts'
import type { StageDeps } from './deps.ts'
import { sampleClaims } from './sample-claims.ts'
import { predictOverHttp, serverFor, variantsBut } from './staging.ts'
import { projectOfRun, resultOf } from './stage-results.ts'
import { withWaivers } from './with-waivers.ts'

const POLL_MS = 500

/**
 * Stage 10: the version scores mirrored traffic beside the champion. Live claims are awaited for a while, then the hold-out
 * sample is replayed. Without a champion there is nothing to mirror: the sample is sent to the staging endpoint.
 */
export const shadow =
  ({ db, config }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { run, effect, log, signal } = context
    const { model, shadow: settings } = projectOfRun(context)
    const { version } = resultOf(context, 'evaluate')
    const champion = await findChampion(db, model)
    const since = new Date(
      await effect('mirror', async (tx) => {
        const variants = await variantsBut(tx, model, 'shadow')
        if (champion) variants.push({ version, role: 'shadow', share: 0 })
        await setDeployment(tx, model, variants, { actor: run.actor, reason: `shadow by run ${run.id}` })
        return new Date().toISOString()
      }),
    )
    const server = { ...(await serverFor(db)), model, signal }
    if (!champion) {
      const samples = await sampleClaims(context, { config })
      const scores = new Float64Array(samples.length)
      for (const [i, { input }] of samples.entries())
        scores[i] = (await predictOverHttp(server, { input, variant: 'staging' })).score
      const scorePsi = psiOf(
        Float64Array.from(samples, (sample) => sample.score),
        scores,
      )
      log(
        'info',
        `No champion to mirror; ${samples.length} claims replayed on staging, score PSI ${scorePsi.toFixed(4)}.`,
      )
      const gates = shadowGates({ nCompared: samples.length, errorShare: 0, scorePsi })
      return { kind: 'done', outputs: { champion: null, nCompared: samples.length, scorePsi }, gates }
    }
    const deadline = Date.now() + settings.maxWaitMs
    let report = await shadowReport(db, { model, version, since })
    while (report.n < settings.minRequests && Date.now() < deadline) {
      context.progress(report.n, settings.minRequests, 'mirrored predictions')
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      signal.throwIfAborted()
      report = await shadowReport(db, { model, version, since })
    }
    if (report.n < settings.minRequests) {
      log('info', `Only ${report.n} live predictions in ${settings.maxWaitMs / 1000} s: replaying the hold-out sample.`)
      const samples = await sampleClaims(context, { config }, settings.minRequests)
      for (const { input } of samples) await predictOverHttp(server, { input })
      report = await settled(() => shadowReport(db, { model, version, since }), settings.minRequests, signal)
    }
    log(
      'info',
      `${report.n} predictions beside ${champion.version}: mean difference ${report.meanAbsoluteDifference.toFixed(4)}, ${(100 * report.flipShare).toFixed(1)} % other decisions.`,
    )
    const judged = shadowGates({
      nCompared: report.n,
      errorShare: report.nErrors / Math.max(1, report.n + report.nErrors),
    })
    const gates = await withWaivers(context, { db }, judged)
    const summary = summariseGates(gates)
    return {
      kind: summary.verdict === 'blocked' ? 'blocked' : 'done',
      outputs: { champion: champion.version, ...report },
      gates,
      reason: summary.verdict === 'blocked' ? summary.text : undefined,
    }
  }

/** Mirrored copies are scored off the answer's path: waits until those of the replay are recorded. */
async function settled<T extends { n: number }>(
  read: () => Promise<T>,
  wanted: number,
  signal: AbortSignal,
): Promise<T> {
  let report = await read()
  for (let polls = 0; report.n < wanted && polls < 20; polls++) {
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, POLL_MS / 2))
    report = await read()
  }
  return report
}

function psiOf(reference: Float64Array, current: Float64Array): number {
  const column = (values: Float64Array) => ({ kind: 'number' as const, name: 'score', values })
  const bins = referenceBins(column(reference))
  const count = (values: Float64Array) => countInto(bins, column(values))
  return psi(count(reference), count(current))
}
