import type { Vote } from './schemas.ts'

/** SQL for the votes on the approval of this id (an SQL expression), oldest first, as JSON; `toVote` reads them. */
export function votesOf(approvalId: string): string {
  return `(select coalesce(jsonb_agg(jsonb_build_object('actor', vote.actor, 'decision', vote.decision, 'reason', vote.reason,
    'at', vote.at, 'selfApproved', vote.self_approved, 'standing', vote.standing) order by vote.at, vote.actor), '[]')
    from approval_votes vote where vote.approval_id = ${approvalId})`
}

/** PostgreSQL's JSON has times in the session's zone. */
export function toVote(vote: Vote): Vote {
  return { ...vote, at: new Date(vote.at).toISOString() }
}
