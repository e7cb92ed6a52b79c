import { PIPELINE_ACTOR } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import { getRun, resolveWait } from '../pipelines/index.ts'
import { withTransaction, type Db, type Engine } from '../platform/index.ts'
import { castVote, expireApprovals, getApproval, type Approval } from '../registry/index.ts'

export const APPROVAL_STEP = 'approval'

export type Vote = { approvalId: string; actor: string; decision: 'approve' | 'reject'; reason: string }

/** Casts a vote and, when that decides, lets the run that waited go on (or end): one transaction. */
export function vote({ db, engine }: { db: Db; engine: Engine }, ballot: Vote): Promise<Approval> {
  return withTransaction(db, async (tx) => {
    const approval = await castVote(tx, ballot)
    const runId = approval.pipelineRunId
    if (runId && approval.status === 'approved') {
      await resolveWait(tx, engine, {
        runId,
        step: APPROVAL_STEP,
        actor: ballot.actor,
        outputs: { approvalId: approval.id, status: approval.status, votes: approval.votes },
      })
    } else if (runId && approval.status === 'rejected') {
      await resolveWait(tx, engine, {
        runId,
        step: APPROVAL_STEP,
        actor: ballot.actor,
        failure: { code: 'APPROVAL_REJECTED', message: `Rejected by ${ballot.actor}: ${ballot.reason}` },
      })
    }
    return approval
  })
}

/** The approval a run waits for. @throws NOT_FOUND, APPROVAL_NOT_WAITING */
export async function approvalOfRun(db: Db, runId: string): Promise<Approval> {
  const run = await getRun(db, runId)
  const { approvalId } = run.facts
  if (!approvalId) throw new AssayError('STEP_NOT_WAITING', { step: APPROVAL_STEP, runId, state: run.state })
  return getApproval(db, approvalId)
}

/** Ends the runs whose approval nobody gave in time. @returns how many */
export function expireWaits({ db, engine }: { db: Db; engine: Engine }): Promise<number> {
  return withTransaction(db, async (tx) => {
    const expired = await expireApprovals(tx, PIPELINE_ACTOR)
    for (const { pipelineRunId, expiresAt } of expired) {
      if (!pipelineRunId) continue
      const failure = { code: 'APPROVAL_EXPIRED', message: `Nobody approved until ${expiresAt}. Retry asks again.` }
      await resolveWait(tx, engine, { runId: pipelineRunId, step: APPROVAL_STEP, actor: PIPELINE_ACTOR, failure })
    }
    return expired.length
  })
}
