import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { StageChange, Tenure } from './schemas.ts'
import { toVote, votesOf } from './vote-rows.ts'

export type StageRecord = Omit<StageChange, 'at'> & { model: string }

/** Appends to the history of stages and tells of it. The caller holds the model's lock, so that times follow the order. */
export async function recordStage(tx: Tx, change: StageRecord): Promise<void> {
  const { model, version, from, to, action, actor, reason, approvalId } = change
  await tx.$client.query(
    `insert into stage_changes (at, model, version, from_stage, to_stage, action, actor, reason, approval_id)
     values (clock_timestamp(), $1, $2, $3, $4, $5, $6, $7, $8)`,
    [model, version, from, to, action, actor, reason, approvalId],
  )
  await emitEvent(tx, {
    type: 'model.stage_changed',
    actor,
    object: `model:${model}@${version}`,
    data: { from, to, action, approvalId },
  })
}

/** Puts a version into a stage and records it. The caller has checked that it may. */
export async function changeStage(tx: Tx, change: StageRecord): Promise<void> {
  const { model, version, to } = change
  await tx.$client.query('update model_versions set stage = $3 where model = $1 and version = $2', [model, version, to])
  await recordStage(tx, change)
}

/** Stage changes of a model, or of one version of it, newest first. */
export async function stageHistory(db: Db | Tx, model: string, version?: string): Promise<StageChange[]> {
  const { rows } = await db.$client.query(
    `select at, version, from_stage as "from", to_stage as "to", action, actor, reason, approval_id as "approvalId"
     from stage_changes where model = $1 and ($2::text is null or version = $2) order by id desc`,
    [model, version ?? null],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** Entries into production, oldest first: what `championStack` reads. */
export async function productionHistory(
  db: Db | Tx,
  model: string,
): Promise<Pick<StageRecord, 'version' | 'to' | 'action'>[]> {
  const { rows } = await db.$client.query(
    `select version, to_stage as "to", action from stage_changes where model = $1 and to_stage = 'production' order by id`,
    [model],
  )
  return rows
}

/** Whether any version of the model was ever in production. */
export async function hasHadChampion(db: Db | Tx, model: string): Promise<boolean> {
  const { rowCount } = await db.$client.query(
    `select from stage_changes where model = $1 and to_stage = 'production' limit 1`,
    [model],
  )
  return rowCount !== 0
}

/**
 * What was in production at a time, who put it there and on whose approval; undefined when nothing was. After a rollback the
 * approval is the one on which the version first went live.
 */
export async function championAt(db: Db | Tx, model: string, time: Date): Promise<Tenure | undefined> {
  // Production is only ever handed over, so the last entry up to then holds.
  const { rows } = await db.$client.query(
    `select version, v.artifact, s.at as since, s.action, s.actor, s.reason, s.approval_id as "approvalId",
       ${votesOf('s.approval_id')} as "approvedBy"
     from stage_changes s join model_versions v using (model, version)
     where s.model = $1 and s.to_stage = 'production' and s.at <= $2 order by s.id desc limit 1`,
    [model, time],
  )
  return rows.map((row) => ({ ...row, since: row.since.toISOString(), approvedBy: row.approvedBy.map(toVote) }))[0]
}
