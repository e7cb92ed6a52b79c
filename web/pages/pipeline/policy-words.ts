import type { Approval, Me } from '../../api/types.ts'

export type Standing = {
  /** the reviewer also asked for the approval */
  isOwnWork: boolean
  /** why this person's approval would not be taken; undefined when it would */
  refusal?: string
}

/** How a person stands to an approval: the server decides by the same rule, this only says so beforehand. */
export function standingOf(approval: Approval, me: Me): Standing {
  const isOwnWork = approval.requestedBy === me.actor.id || approval.requestedBy === me.actor.name
  const hasVoted = approval.votes.some((vote) => vote.actor === me.actor.id || vote.actor === me.actor.name)
  if (hasVoted) return { isOwnWork, refusal: 'You have decided on this version already.' }
  if (isOwnWork && approval.policy === 'four-eyes') {
    return { isOwnWork, refusal: 'Policy four-eyes: a second person has to approve what you asked for.' }
  }
  return { isOwnWork }
}
