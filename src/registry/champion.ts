import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { getApproval } from './approvals.ts'
import { championStack } from './champion-stack.ts'
import { getDeployment, setDeployment } from './deployment.ts'
import type { ModelVersion } from './schemas.ts'
import { findChampion, getVersion, lockModel, moveStage, stageHistory } from './versions.ts'

type Change = { model: string; actor: string; reason: string }

/**
 * Makes a version the champion: all traffic to it, its predecessor archived but ready for a rollback.
 * @throws APPROVAL_MISSING unless the approval is given and is for this very file
 */
export async function promote(
  tx: Tx,
  { version, approvalId, ...change }: Change & { version: string; approvalId: string },
): Promise<string> {
  await lockModel(tx, change.model)
  const { artifact } = await getVersion(tx, change.model, version)
  const approval = await getApproval(tx, approvalId)
  if (approval.status !== 'approved' || approval.artifact !== artifact)
    throw new AssayError('APPROVAL_MISSING', { model: change.model, version, approvalId, status: approval.status })
  await install(tx, { ...change, version, approvalId })
  await emitEvent(tx, {
    type: 'model.promoted',
    actor: change.actor,
    object: `model:${change.model}@${version}`,
    data: { approvalId },
  })
  return version
}

/**
 * Puts the champion before the present one back. It was approved, so it needs no new approval.
 * @throws NO_PREVIOUS_CHAMPION
 */
export async function rollback(tx: Tx, change: Change): Promise<{ from: string; to: string }> {
  await lockModel(tx, change.model)
  const present = await findChampion(tx, change.model)
  const previous = await findPreviousChampion(tx, change.model)
  if (!present || !previous) throw new AssayError('NO_PREVIOUS_CHAMPION', { model: change.model })
  await install(tx, { ...change, version: previous.version, approvalId: null })
  await emitEvent(tx, {
    type: 'model.rolled_back',
    actor: change.actor,
    object: `model:${change.model}@${previous.version}`,
    data: { from: present.version, reason: change.reason },
  })
  return { from: present.version, to: previous.version }
}

async function install(tx: Tx, change: Change & { version: string; approvalId: string | null }): Promise<void> {
  const { model, version, actor, reason } = change
  const present = await findChampion(tx, model)
  if (present?.version === version) return
  if (present) await moveStage(tx, { model, version: present.version, to: 'archived', actor, reason: `replaced by ${version}` })
  await moveStage(tx, { ...change, to: 'production' })
  const others = ((await getDeployment(tx, model))?.variants ?? []).filter((v) => v.role === 'staging' && v.version !== version)
  await setDeployment(tx, model, { variants: [{ version, role: 'champion', share: 1 }, ...others], actor, reason })
}

/** The version a rollback would put back; undefined when there is none. */
export async function findPreviousChampion(db: Db | Tx, model: string): Promise<ModelVersion | undefined> {
  const stack = championStack((await stageHistory(db, model)).reverse())
  const version = stack.at(-2)
  return version === undefined ? undefined : getVersion(db, model, version)
}

/**
 * Archives a version.
 * @throws VERSION_DEPLOYED while any traffic, staging or shadow included, goes to it
 */
export async function archive(tx: Tx, { version, ...change }: Change & { version: string }): Promise<void> {
  await lockModel(tx, change.model)
  const variants = (await getDeployment(tx, change.model))?.variants ?? []
  const deployed = variants.find((variant) => variant.version === version)
  if (deployed) throw new AssayError('VERSION_DEPLOYED', { model: change.model, version, role: deployed.role })
  await moveStage(tx, { ...change, version, to: 'archived' })
}
