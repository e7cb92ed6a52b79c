import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { promote as promoteVersion } from '../../registry/index.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

/** Stage 11: all traffic to the version, which becomes the champion; the approval it stands on is recorded with it. */
export const promote =
  ({ serving }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { run, effect, log } = context
    const { model } = projectOfRun(context)
    const { version } = resultOf(context, 'evaluate')
    const { approvalId } = resultOf(context, 'approval')
    const champion = await effect('promote', (tx) =>
      promoteVersion(tx, { model, version, actor: run.actor, reason: `promoted by run ${run.id}`, approvalId }),
    )
    await serving.reconcile(model)
    log('info', `${model} ${version} is the champion.`)
    return { kind: 'done', outputs: { champion }, facts: { modelVersion: version } }
  }
