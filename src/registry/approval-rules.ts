import { FIRST_START_ACTOR } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import type { Approval, ModelVersion, Vote } from './schemas.ts'

export type Ballot = {
  approvalId: string
  actor: string
  decision: Vote['decision']
  reason: string
  /** a standing approval votes, not a person */
  isStanding?: boolean
}

/**
 * The standing approval that every new installation has: `first-start` may put the first model of a name live, so that there is
 * something to look at. Once the model has had a champion, people decide; and `first-start`, which is no person, has no other vote.
 * @returns why such a vote does not count, in words; undefined when it does
 */
export function standingRefusal(vote: {
  actor: string
  isStanding: boolean
  hadChampion: boolean
}): string | undefined {
  const { actor, isStanding, hadChampion } = vote
  if (isStanding && actor !== FIRST_START_ACTOR) return `it is not for ${actor} to use`
  if (!isStanding && actor === FIRST_START_ACTOR) return `${actor} has no other vote than by it`
  if (isStanding && hadChampion) return 'the model has had a champion already'
  return undefined
}

/** @throws APPROVAL_EXPIRED, APPROVAL_VOIDED, APPROVAL_DECIDED unless the approval waits for votes. */
export function checkOpen({ id, status, expiresAt }: Approval): void {
  if (status === 'waiting') return
  if (status === 'expired') throw new AssayError('APPROVAL_EXPIRED', { approvalId: id, expiresAt })
  if (status === 'voided') throw new AssayError('APPROVAL_VOIDED', { approvalId: id })
  throw new AssayError('APPROVAL_DECIDED', { approvalId: id, status })
}

/** What makes the vote one's own work, in words; undefined when it is not. */
export function ownWork(
  approval: Approval,
  version: Pick<ModelVersion, 'createdBy'>,
  actor: string,
): string | undefined {
  if (version.createdBy === actor) return `made ${approval.model} ${approval.version}`
  if (approval.requestedBy === actor) return `asked for approval ${approval.id}`
  return undefined
}

/**
 * Whether this actor may cast this vote on an approval that waits.
 * @param author of the version, and whether the model has had a champion before
 * @throws APPROVAL_VOTED, STANDING_REFUSED, APPROVAL_OWN_WORK (unless the policy is solo, where it is recorded instead)
 */
export function checkVoter(
  approval: Approval,
  { actor, isStanding = false }: Ballot,
  { createdBy, hadChampion }: { createdBy: string; hadChampion: boolean },
): void {
  if (approval.votes.some((vote) => vote.actor === actor))
    throw new AssayError('APPROVAL_VOTED', { actor, approvalId: approval.id })
  const refusal = standingRefusal({ actor, isStanding, hadChampion })
  if (refusal) throw new AssayError('STANDING_REFUSED', { model: approval.model, reason: refusal })
  if (isStanding) return
  const role = ownWork(approval, { createdBy }, actor)
  if (role && approval.policy !== 'solo') throw new AssayError('APPROVAL_OWN_WORK', { actor, role })
}

/** What the votes come to: one rejection rejects, `required` approvals approve. */
export function tally(required: number, votes: Pick<Vote, 'decision'>[]): 'waiting' | 'approved' | 'rejected' {
  if (votes.some((vote) => vote.decision === 'reject')) return 'rejected'
  return votes.length >= required ? 'approved' : 'waiting'
}

/** @returns the reason without blanks around it @throws REASON_MISSING when there is none */
export function requireReason(reason: string, act: string): string {
  const text = reason.trim()
  if (text === '') throw new AssayError('REASON_MISSING', { act })
  return text
}
