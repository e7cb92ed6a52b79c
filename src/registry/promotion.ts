import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { requireReason } from './approval-rules.ts'
import { lockApproval } from './approvals.ts'
import { getDeployment, storeDeployment } from './deployments.ts'
import { listGates, versionSubject } from './gate-records.ts'
import type { ModelVersion, Stage } from './schemas.ts'
import { changeStage, productionHistory } from './stage-changes.ts'
import { championStack, checkMove, checkPromotable } from './stages.ts'
import { withChampion } from './variants.ts'
import { findChampion, getVersion, lockModel } from './versions.ts'

export type Change = { model: string; actor: string; reason: string }

/**
 * Makes a version in staging the champion: all answers come from it. The one before is archived and stays what a rollback puts
 * back. Promoting the champion changes nothing.
 * @returns `from` is null for a first champion, and equal to `to` when nothing changed
 * @throws NOT_FOUND, REASON_MISSING; STAGE_REFUSED unless it is in staging; GATES_BLOCKED when a gate's last verdict on its file
 * blocks; APPROVAL_MISSING unless the approval is given, for this very file, and has put nothing live before
 */
export async function promote(
  tx: Tx,
  { version, approvalId, ...change }: Change & { version: string; approvalId: string },
): Promise<{ from: string | null; to: string }> {
  const { model, actor } = change
  const reason = requireReason(change.reason, 'promote a version')
  await lockModel(tx, model)
  const challenger = await getVersion(tx, model, version)
  if (challenger.isChampion) return { from: version, to: version }
  checkPromotable(challenger)
  await checkGates(tx, challenger)
  await checkApproval(tx, challenger, approvalId)
  const from = await handOver(tx, { model, actor, reason, to: challenger, action: 'promote', approvalId })
  await emitEvent(tx, {
    type: 'model.promoted',
    actor,
    object: `model:${model}@${version}`,
    data: { from, approvalId },
  })
  return { from, to: version }
}

/**
 * Puts the champion before the present one back. It was approved once and needs no new approval; the one that leaves needs one
 * before it may come again.
 * @throws NO_PREVIOUS_CHAMPION, REASON_MISSING, NOT_FOUND for an unknown model
 */
export async function rollback(tx: Tx, change: Change): Promise<{ from: string; to: string }> {
  const { model, actor } = change
  const reason = requireReason(change.reason, 'roll back')
  await lockModel(tx, model)
  const previous = await findPreviousChampion(tx, model)
  if (!previous) throw new AssayError('NO_PREVIOUS_CHAMPION', { model })
  const approvalId = await approvalOf(tx, previous)
  const from = (await handOver(tx, { model, actor, reason, to: previous, action: 'rollback', approvalId }))!
  const to = previous.version
  await emitEvent(tx, { type: 'model.rolled_back', actor, object: `model:${model}@${to}`, data: { from, to } })
  return { from, to }
}

/** The version a rollback would put back, or undefined. */
export async function findPreviousChampion(db: Db | Tx, model: string): Promise<ModelVersion | undefined> {
  const version = championStack(await productionHistory(db, model)).at(-2)
  return version === undefined ? undefined : getVersion(db, model, version)
}

/**
 * Moves a version between development, staging and archive. Moving it to where it is changes nothing.
 * @param change.approvalId an approval that the move stands on, for the record
 * @throws STAGE_REFUSED (production is entered and left by `promote` and `rollback`), VERSION_DEPLOYED when it is to be archived
 * while deployed, REASON_MISSING, NOT_FOUND
 */
export async function transition(
  tx: Tx,
  { version, to, approvalId = null, ...change }: Change & { version: string; to: Stage; approvalId?: string | null },
): Promise<ModelVersion> {
  const { model, actor } = change
  const reason = requireReason(change.reason, 'move a version')
  await lockModel(tx, model)
  const moved = await getVersion(tx, model, version)
  if (moved.stage === to) return moved
  if (to === 'archived') await checkUndeployed(tx, moved)
  checkMove(moved, to)
  await changeStage(tx, { model, version, from: moved.stage, to, action: 'move', actor, reason, approvalId })
  return getVersion(tx, model, version)
}

/** Archives a version. @throws VERSION_DEPLOYED while anything is sent to it, and what `transition` throws */
export function archive(tx: Tx, change: Change & { version: string }): Promise<ModelVersion> {
  return transition(tx, { ...change, to: 'archived' })
}

/** Swaps the champion and lets the deployment follow. @returns the version that left, null when there was none */
async function handOver(
  tx: Tx,
  { to, ...change }: Change & { to: ModelVersion; action: 'promote' | 'rollback'; approvalId: string | null },
): Promise<string | null> {
  const { model } = change
  const champion = await findChampion(tx, model)
  if (champion)
    await changeStage(tx, {
      ...change,
      version: champion.version,
      from: 'production',
      to: 'archived',
      approvalId: null,
    })
  await changeStage(tx, { ...change, version: to.version, from: to.stage, to: 'production' })
  const variants = withChampion((await getDeployment(tx, model)).variants, to.version)
  await storeDeployment(tx, model, variants, change)
  return champion?.version ?? null
}

async function checkApproval(tx: Tx, { model, version, artifact }: ModelVersion, approvalId: string): Promise<void> {
  const approval = await lockApproval(tx, approvalId)
  const refuse = (reason: string) => new AssayError('APPROVAL_MISSING', { model, version, approvalId, reason })
  if (approval.model !== model || approval.version !== version)
    throw refuse(`it is for ${approval.model} ${approval.version}`)
  if (approval.artifact !== artifact) throw refuse('it was given for another file')
  if (approval.status !== 'approved') throw refuse(`it is ${approval.status}`)
  const { rowCount } = await tx.$client.query(
    `select from stage_changes where approval_id = $1 and action = 'promote' and to_stage = 'production'`,
    [approvalId],
  )
  if (rowCount !== 0) throw refuse('it has put the version live before')
}

async function checkGates(tx: Tx, { model, version, artifact }: ModelVersion): Promise<void> {
  const gates = await listGates(tx, versionSubject(model, version), { artifact })
  const blocked = gates.filter((gate) => gate.verdict === 'blocked').map((gate) => gate.title)
  if (blocked.length > 0) throw new AssayError('GATES_BLOCKED', { model, version, gates: blocked.join(', ') })
}

async function checkUndeployed(tx: Tx, { model, version }: ModelVersion): Promise<void> {
  const variants = (await getDeployment(tx, model)).variants
  const deployed = variants.find((variant) => variant.version === version)
  if (deployed) throw new AssayError('VERSION_DEPLOYED', { model, version, role: deployed.role })
}

/** The approval on which a version last went live. */
async function approvalOf(tx: Tx, { model, version }: ModelVersion): Promise<string | null> {
  const { rows } = await tx.$client.query(
    `select approval_id from stage_changes where model = $1 and version = $2 and action = 'promote' and to_stage = 'production'
     order by id desc limit 1`,
    [model, version],
  )
  return rows[0].approval_id
}
