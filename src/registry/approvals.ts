import { randomUUID } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import type { GateResult } from '../gates/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { Approval } from './schemas.ts'
import { getVersion } from './versions.ts'

/** `four-eyes`: never one's own work. `solo`: the installation has one reviewer, who may approve it and is recorded so. */
export type ApprovalPolicy = 'four-eyes' | 'solo'

export function approvalPolicyFor(profile: string, nReviewers: number): ApprovalPolicy {
  return profile === 'production' || nReviewers > 1 ? 'four-eyes' : 'solo'
}

export type ApprovalRequest = {
  model: string
  version: string
  pipelineRunId: string | null
  requestedBy: string
  policy: ApprovalPolicy
  /** approvals needed */
  required: number
  expiresAt: Date
  gates: GateResult[]
}

/** Asks for an approval of a version's file as it is now. Asking again for the same run and version finds the one that waits. */
export async function requestApproval(tx: Tx, request: ApprovalRequest): Promise<Approval> {
  const { model, version, pipelineRunId } = request
  const { artifact } = await getVersion(tx, model, version)
  const known = await tx.$client.query(
    `select id from approvals where model = $1 and version = $2 and pipeline_run_id is not distinct from $3 and status = 'waiting'`,
    [model, version, pipelineRunId],
  )
  if (known.rows[0]) return getApproval(tx, known.rows[0].id)
  const id = `apr-${randomUUID()}`
  await tx.$client.query(
    `insert into approvals (id, model, version, artifact, pipeline_run_id, policy, required, status, requested_by, expires_at, gates)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10)`,
    [
      id,
      model,
      version,
      artifact,
      pipelineRunId,
      request.policy,
      request.required,
      request.requestedBy,
      request.expiresAt,
      JSON.stringify(request.gates),
    ],
  )
  await emitEvent(tx, {
    type: 'approval.requested',
    actor: request.requestedBy,
    object: `approval:${id}`,
    data: { model, version, policy: request.policy },
  })
  return getApproval(tx, id)
}

export type Ballot = { approvalId: string; actor: string; decision: 'approve' | 'reject'; reason: string; isStanding?: boolean }

/**
 * Counts a vote; enough approvals approve, one rejection rejects.
 * @throws APPROVAL_DECIDED, APPROVAL_OWN_WORK, APPROVAL_VOTED
 */
export async function castVote(tx: Tx, ballot: Ballot): Promise<Approval> {
  const { approvalId, actor, decision, reason, isStanding = false } = ballot
  await tx.$client.query('select 1 from approvals where id = $1 for update', [approvalId])
  const approval = await getApproval(tx, approvalId)
  if (approval.status !== 'waiting') throw new AssayError('APPROVAL_DECIDED', { approvalId, status: approval.status })
  const isOwn = approval.requestedBy === actor
  if (isOwn && decision === 'approve' && approval.policy === 'four-eyes' && !isStanding)
    throw new AssayError('APPROVAL_OWN_WORK', { actor, approvalId })
  if (approval.votes.some((vote) => vote.actor === actor)) throw new AssayError('APPROVAL_VOTED', { actor, approvalId })
  const basis = isStanding ? 'standing' : isOwn ? 'self' : 'reviewer'
  await tx.$client.query(
    'insert into approval_votes (approval_id, actor, decision, reason, basis) values ($1, $2, $3, $4, $5)',
    [approvalId, actor, decision, reason, basis],
  )
  const nApproved = approval.votes.filter((vote) => vote.decision === 'approve').length + (decision === 'approve' ? 1 : 0)
  if (decision === 'reject') await decide(tx, approval, { status: 'rejected', actor })
  else if (nApproved >= approval.required) await decide(tx, approval, { status: 'approved', actor })
  return getApproval(tx, approvalId)
}

async function decide(tx: Tx, { id, model, version }: Approval, end: { status: 'approved' | 'rejected'; actor: string }) {
  await tx.$client.query('update approvals set status = $2 where id = $1', [id, end.status])
  await emitEvent(tx, {
    type: `approval.${end.status}`,
    actor: end.actor,
    object: `approval:${id}`,
    data: { model, version },
  })
}

/** Whether the standing approval for a first model applies: the model has never had a champion. */
export async function mayApproveFirst(db: Db | Tx, model: string): Promise<boolean> {
  const { rows } = await db.$client.query(
    `select 1 from stage_changes where model = $1 and to_stage = 'production' limit 1`,
    [model],
  )
  return rows.length === 0
}

// A file that changed voids what was given for the old one; a request nobody answered in time is no longer one.
const SELECT = `select a.id, a.model, a.version, a.artifact, a.pipeline_run_id as "pipelineRunId", a.policy, a.required,
  a.requested_by as "requestedBy", a.requested_at as "requestedAt", a.expires_at as "expiresAt", a.gates,
  case when v.artifact <> a.artifact then 'voided'
       when a.status = 'waiting' and a.expires_at < now() then 'expired' else a.status end as status,
  coalesce((select json_agg(json_build_object('actor', b.actor, 'decision', b.decision, 'reason', b.reason, 'at', b.at,
      'selfApproved', b.basis = 'self', 'standing', b.basis = 'standing') order by b.at)
    from approval_votes b where b.approval_id = a.id), '[]') as votes
  from approvals a join model_versions v on v.model = a.model and v.version = a.version`

type Row = Omit<Approval, 'requestedAt' | 'expiresAt'> & { requestedAt: Date; expiresAt: Date }

function present(row: Row): Approval {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    votes: row.votes.map((vote) => ({ ...vote, at: new Date(vote.at).toISOString() })),
  }
}

/** @throws NOT_FOUND */
export async function getApproval(db: Db | Tx, id: string): Promise<Approval> {
  const { rows } = await db.$client.query(`${SELECT} where a.id = $1`, [id])
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Approval', id })
  return present(rows[0])
}

/** Approvals, newest first. */
export async function listApprovals(
  db: Db | Tx,
  filter: { status?: string; model?: string; version?: string } = {},
): Promise<Approval[]> {
  const { rows } = await db.$client.query(
    `select * from (${SELECT}) approval where ($1::text is null or status = $1) and ($2::text is null or model = $2)
       and ($3::text is null or version = $3) order by "requestedAt" desc limit 200`,
    [filter.status ?? null, filter.model ?? null, filter.version ?? null],
  )
  return rows.map(present)
}
