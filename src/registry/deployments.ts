import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { requireReason } from './approval-rules.ts'
import type { Variant } from './schemas.ts'
import { checkVariants } from './variants.ts'
import { findChampion, getVersion, lockModel } from './versions.ts'

/** NOTIFY with the model's name whenever a deployment changes. */
export const DEPLOYMENTS_CHANNEL = 'assay_deployments'

/** What a model is to be served by; `revision` grows by one with each change. */
export type Deployment = { model: string; revision: number; variants: Variant[] }

type By = { actor: string; reason: string }

const selectDeployments = 'select model, revision, variants from deployments'

/** What a model is to be served by, or undefined when it was never deployed. */
export async function findDeployment(db: Db | Tx, model: string): Promise<Deployment | undefined> {
  const { rows } = await db.$client.query<Deployment>(`${selectDeployments} where model = $1`, [model])
  return rows[0]
}

/** What a model is to be served by: nothing, at revision 0, before anything was deployed. @throws NOT_FOUND for an unknown model */
export async function getDeployment(db: Db | Tx, model: string): Promise<Deployment> {
  const found = await findDeployment(db, model)
  if (found) return found
  const { rowCount } = await db.$client.query('select from models where name = $1', [model])
  if (rowCount === 0) throw new AssayError('NOT_FOUND', { what: 'Model', id: model })
  return { model, revision: 0, variants: [] }
}

/** What every deployed model is to be served by. */
export async function listDeployments(db: Db | Tx): Promise<Deployment[]> {
  const { rows } = await db.$client.query<Deployment>(`${selectDeployments} order by model`)
  return rows
}

/**
 * Sets what a model is served by; serving processes follow within moments of the commit. The champion stays what `promote` and
 * `rollback` made it, since they set it themselves: here staging and shadow come and go beside it.
 * @throws DEPLOYMENT_INVALID, REASON_MISSING, NOT_FOUND for the model or a version
 */
export async function setDeployment(tx: Tx, model: string, variants: Variant[], by: By): Promise<Deployment> {
  await lockModel(tx, model)
  for (const { version } of variants) await getVersion(tx, model, version)
  checkVariants(model, variants, (await findChampion(tx, model))?.version)
  return storeDeployment(tx, model, variants, by)
}

/** The same without the checks, for a caller that holds the lock and keeps the rules. */
export async function storeDeployment(
  tx: Tx,
  model: string,
  variants: Variant[],
  { actor, reason }: By,
): Promise<Deployment> {
  const { rows } = await tx.$client.query<Deployment>(
    `insert into deployments as d (model, revision, variants, changed_at, changed_by, reason)
     values ($1, 1, $2, clock_timestamp(), $3, $4)
     on conflict (model) do update set revision = d.revision + 1, variants = excluded.variants,
       changed_at = excluded.changed_at, changed_by = excluded.changed_by, reason = excluded.reason
     returning model, revision, variants`,
    [model, JSON.stringify(variants), actor, requireReason(reason, 'change a deployment')],
  )
  await tx.$client.query('select pg_notify($1, $2)', [DEPLOYMENTS_CHANNEL, model])
  const data = { revision: rows[0].revision, variants }
  await emitEvent(tx, { type: 'deployment.changed', actor, object: `model:${model}`, data })
  return rows[0]
}
