import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { checkOpen, checkVoter, ownWork, requireReason, tally, type Ballot } from './approval-rules.ts'
import { getApproval, lockApproval } from './approvals.ts'
import type { Approval } from './schemas.ts'
import { hasHadChampion } from './stage-changes.ts'
import { getVersion } from './versions.ts'

/**
 * Casts a vote: enough approvals approve, one rejection rejects. Votes on one approval wait for each other.
 * @throws REASON_MISSING, NOT_FOUND; APPROVAL_EXPIRED, APPROVAL_VOIDED, APPROVAL_DECIDED when it takes no votes any more;
 * APPROVAL_VOTED, APPROVAL_OWN_WORK, STANDING_REFUSED when this actor may not
 */
export async function castVote(tx: Tx, ballot: Ballot): Promise<Approval> {
  const { approvalId, actor, decision, isStanding = false } = ballot
  const reason = requireReason(ballot.reason, decision)
  const approval = await lockApproval(tx, approvalId)
  checkOpen(approval)
  const { createdBy } = await getVersion(tx, approval.model, approval.version)
  checkVoter(approval, ballot, { createdBy, hadChampion: await hasHadChampion(tx, approval.model) })

  const selfApproved = !isStanding && decision === 'approve' && ownWork(approval, { createdBy }, actor) !== undefined
  await tx.$client.query(
    `insert into approval_votes (approval_id, actor, decision, reason, at, self_approved, standing)
     values ($1, $2, $3, $4, clock_timestamp(), $5, $6)`,
    [approvalId, actor, decision, reason, selfApproved, isStanding],
  )
  const { model, version, pipelineRunId } = approval
  const object = `approval:${approvalId}`
  const data = { model, version, pipelineRunId }
  await emitEvent(tx, { type: 'approval.voted', actor, object, data: { ...data, decision, selfApproved, isStanding } })

  const status = tally(approval.required, [...approval.votes, { decision }])
  if (status !== 'waiting') {
    await tx.$client.query('update approvals set status = $2 where id = $1', [approvalId, status])
    await emitEvent(tx, { type: `approval.${status}`, actor, object, data })
  }
  return getApproval(tx, approvalId)
}

/** Whether the standing approval of a first model still applies: the model has never had a champion. */
export async function mayApproveFirst(db: Db | Tx, model: string): Promise<boolean> {
  return !(await hasHadChampion(db, model))
}
