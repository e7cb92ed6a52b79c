import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { Approval } from './schemas.ts'
import { toVote, votesOf } from './vote-rows.ts'

/** @throws NOT_FOUND */
export async function getApproval(db: Db | Tx, id: string): Promise<Approval> {
  const { rows } = await db.$client.query<Row>(`${selectApprovals} where a.id = $1`, [id])
  if (rows.length === 0) throw new AssayError('NOT_FOUND', { what: 'Approval', id })
  return toApproval(rows[0])
}

/** The approval, which nobody else changes until the transaction ends. @throws NOT_FOUND */
export async function lockApproval(tx: Tx, id: string): Promise<Approval> {
  await tx.$client.query('select from approvals where id = $1 for update', [id])
  return getApproval(tx, id)
}

/** Approvals, newest first. @param filter.limit 200 unless given */
export async function listApprovals(
  db: Db | Tx,
  filter: { status?: Approval['status']; model?: string; version?: string; limit?: number } = {},
): Promise<Approval[]> {
  const { rows } = await db.$client.query<Row>(
    `select * from (${selectApprovals}) approval
     where ($1::text is null or status = $1) and ($2::text is null or model = $2) and ($3::text is null or version = $3)
     order by "requestedAt" desc, id limit $4`,
    [filter.status ?? null, filter.model ?? null, filter.version ?? null, filter.limit ?? 200],
  )
  return rows.map(toApproval)
}

/**
 * Voids the waiting and given approvals that a pipeline run asked for another file of the model than `artifact`: the reviewers
 * saw something else.
 */
export async function voidApprovals(
  tx: Tx,
  change: { model: string; pipelineRunId: string; artifact: string; actor: string },
): Promise<void> {
  const { model, pipelineRunId, artifact, actor } = change
  const { rows } = await tx.$client.query(
    `update approvals set status = 'voided'
     where model = $1 and pipeline_run_id = $2 and artifact <> $3 and status in ('waiting', 'approved') returning id, version`,
    [model, pipelineRunId, artifact],
  )
  for (const { id, version } of rows)
    await emitEvent(tx, {
      type: 'approval.voided',
      actor,
      object: `approval:${id}`,
      data: { model, version, pipelineRunId },
    })
}

/**
 * Ends the approvals whose time is over, so that what waits for them can be told. Readers see them as expired before that, too.
 * @param actor who looks, e.g. the pipeline
 */
export async function expireApprovals(tx: Tx, actor: string): Promise<Approval[]> {
  const { rows } = await tx.$client.query(
    `update approvals set status = 'expired' where status = 'waiting' and expires_at <= now() returning id`,
  )
  const expired: Approval[] = []
  for (const { id } of rows) {
    const approval = await getApproval(tx, id)
    const { model, version, pipelineRunId } = approval
    await emitEvent(tx, {
      type: 'approval.expired',
      actor,
      object: `approval:${id}`,
      data: { model, version, pipelineRunId },
    })
    expired.push(approval)
  }
  return expired
}

const selectApprovals = `select a.id, a.model, a.version, a.artifact, a.pipeline_run_id as "pipelineRunId", a.policy, a.required,
  a.requested_by as "requestedBy", a.requested_at as "requestedAt", a.expires_at as "expiresAt", a.gates,
  case when a.status = 'waiting' and a.expires_at <= now() then 'expired' else a.status end as status,
  ${votesOf('a.id')} as votes
  from approvals a`

type Row = Omit<Approval, 'requestedAt' | 'expiresAt'> & { requestedAt: Date; expiresAt: Date }

function toApproval(row: Row): Approval {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    votes: row.votes.map(toVote),
  }
}
