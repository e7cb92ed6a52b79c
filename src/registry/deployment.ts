import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { Variant } from './schemas.ts'

export const DEPLOYMENTS_CHANNEL = 'assay_deployments'

export type Deployment = { model: string; revision: number; variants: Variant[] }

export async function getDeployment(db: Db | Tx, model: string): Promise<Deployment | undefined> {
  const { rows } = await db.$client.query('select model, revision, variants from deployments where model = $1', [model])
  return rows[0]
}

/** What every deployed model is to be served by. */
export async function listDeployments(db: Db | Tx): Promise<Deployment[]> {
  return (await db.$client.query('select model, revision, variants from deployments order by model')).rows
}

/** Sets what a model is served by; every serving process follows within moments of the commit. */
export async function setDeployment(
  tx: Tx,
  model: string,
  { variants, actor, reason }: { variants: Variant[]; actor: string; reason: string },
): Promise<Deployment> {
  const { rows } = await tx.$client.query(
    `insert into deployments (model, revision, variants) values ($1, 1, $2)
     on conflict (model) do update set revision = deployments.revision + 1, variants = excluded.variants, updated_at = now()
     returning model, revision, variants`,
    [model, JSON.stringify(variants)],
  )
  await tx.$client.query('select pg_notify($1, $2)', [DEPLOYMENTS_CHANNEL, model])
  const served = variants.map((variant) => `${variant.role} ${variant.version}`)
  await emitEvent(tx, { type: 'deployment.changed', actor, object: `model:${model}`, data: { served, reason } })
  return rows[0]
}
