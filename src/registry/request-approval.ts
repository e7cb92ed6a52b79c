import { randomUUID } from 'node:crypto'
import { emitEvent, type Tx } from '../platform/index.ts'
import { getApproval, listApprovals } from './approvals.ts'
import type { Approval, ApprovalPolicy, GateResult } from './schemas.ts'
import { getVersion, lockModel } from './versions.ts'

export type ApprovalRequest = {
  model: string
  version: string
  pipelineRunId: string | null
  requestedBy: string
  policy: ApprovalPolicy
  /** approvals needed, at least 1 */
  required: number
  expiresAt: Date
  /** what the reviewers are shown */
  gates: GateResult[]
}

/**
 * Asks for approval of a version's file as it is now. Asking again for the same version and run answers what is there, whatever
 * was decided; only where it expired or was voided, a new one is opened.
 * @throws NOT_FOUND
 */
export async function requestApproval(tx: Tx, request: ApprovalRequest): Promise<Approval> {
  const { model, version, pipelineRunId, requestedBy, policy, required } = request
  await lockModel(tx, model)
  const { artifact } = await getVersion(tx, model, version)
  const asked = await listApprovals(tx, { model, version })
  const known = asked.find(
    (approval) => approval.pipelineRunId === pipelineRunId && !['expired', 'voided'].includes(approval.status),
  )
  if (known) return known
  const id = `approval_${randomUUID()}`
  await tx.$client.query(
    `insert into approvals (id, model, version, artifact, pipeline_run_id, policy, required, status, requested_by, expires_at, gates)
     values ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $10)`,
    [
      id,
      model,
      version,
      artifact,
      pipelineRunId,
      policy,
      required,
      requestedBy,
      request.expiresAt,
      JSON.stringify(request.gates),
    ],
  )
  await emitEvent(tx, {
    type: 'approval.requested',
    actor: requestedBy,
    object: `approval:${id}`,
    data: { model, version, pipelineRunId, policy, required },
  })
  return getApproval(tx, id)
}
