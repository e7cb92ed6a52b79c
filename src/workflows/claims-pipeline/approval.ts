import { approvalPolicyOf, countReviewers, FIRST_START_ACTOR } from '../../access/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { castVote, mayApproveFirst, requestApproval } from '../../registry/index.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

const EXPIRES_AFTER_MS = 7 * 24 * 3_600_000

/** Stage 8: asks the reviewers and parks the run until they have decided; the first model of a new installation goes live by the standing approval of `first-start`. */
export async function approval(context: StepContext): Promise<StepOutcome> {
  const { run, effect, log } = context
  const { version, gates } = resultOf(context, 'evaluate')
  const { model, profile } = projectOfRun(context)
  const asked = await effect('request', async (tx) => {
    const policy = profile === 'production' ? 'four-eyes' : approvalPolicyOf(await countReviewers(tx))
    const request = await requestApproval(tx, {
      model,
      version,
      pipelineRunId: run.id,
      requestedBy: run.actor,
      policy,
      required: 1,
      expiresAt: new Date(Date.now() + EXPIRES_AFTER_MS),
      gates,
    })
    if (run.trigger !== 'first-start' || !(await mayApproveFirst(tx, model))) return request
    return castVote(tx, {
      approvalId: request.id,
      actor: FIRST_START_ACTOR,
      decision: 'approve',
      reason: 'First model of a new installation, on synthetic claims; every gate passed or warned.',
      isStanding: true,
    })
  })
  const outputs = { approvalId: asked.id, policy: asked.policy, status: asked.status }
  const facts = { approvalId: asked.id }
  if (asked.status === 'approved') {
    log('info', `Approved by the standing approval of ${FIRST_START_ACTOR}.`)
    return { kind: 'done', outputs, facts }
  }
  return {
    kind: 'waiting',
    outputs,
    facts,
    reason: `Waiting for ${asked.required} approval of ${model} ${version} (${asked.policy}).`,
  }
}
