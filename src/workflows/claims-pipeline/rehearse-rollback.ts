import { rollbackGate } from '../../gates/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { findPreviousChampion, setDeployment } from '../../registry/index.ts'
import type { StageDeps } from './deps.ts'
import { sampleClaims } from './sample-claims.ts'
import { serverFor, variantsBut, waitForVariant } from './staging.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

/**
 * Stage 12: the way back, tried on staging with the same switch that production uses: the predecessor (for a first model: the
 * version itself) takes over the staging endpoint and answers. Afterwards staging is empty and the rollback stands armed.
 */
export const rehearseRollback =
  ({ db, config }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { run, effect, log, signal } = context
    const { model } = projectOfRun(context)
    const { version } = resultOf(context, 'evaluate')
    const [{ input }] = await sampleClaims(context, { config }, 1)
    const previous = await findPreviousChampion(db, model)
    const target = previous?.version ?? version
    const server = await serverFor(db)
    const startedAt = performance.now()
    await effect('switch', async (tx) => {
      const variants = await variantsBut(tx, model, 'staging')
      variants.push({ version: target, role: 'staging', share: 0 })
      await setDeployment(tx, model, variants, { actor: run.actor, reason: `rollback rehearsal of run ${run.id}` })
    })
    await waitForVariant({ ...server, model, version: target, input, signal })
    const durationMs = Math.round(performance.now() - startedAt)
    log(
      'info',
      previous
        ? `Rolled back to ${target} on staging in ${durationMs} ms.`
        : `First model: no predecessor; the switch took ${durationMs} ms.`,
    )
    return {
      kind: 'done',
      outputs: { armed: previous !== undefined, to: previous?.version ?? null, durationMs },
      gates: [rollbackGate({ durationMs, hasPredecessor: previous !== undefined })],
      commit: async (tx) => {
        const variants = (await variantsBut(tx, model, 'staging')).filter((variant) => variant.role === 'champion')
        await setDeployment(tx, model, variants, { actor: run.actor, reason: `rollback armed by run ${run.id}` })
      },
    }
  }
