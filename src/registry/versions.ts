import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { ModelVersion, Stage, StageChange, VersionEvidence } from './schemas.ts'
import { proposeVersion } from './semantic-version.ts'

const COLUMNS = `v.model, v.version, v.stage, v.artifact, v.size_bytes as "sizeBytes", v.algorithm, v.run_id as "runId",
  v.pipeline_run_id as "pipelineRunId", v.dataset_version as "datasetVersion", v.metrics, v.threshold, v.signature,
  v.created_at as "createdAt", v.created_by as "createdBy", v.stage = 'production' as "isChampion"`

type Row = Omit<ModelVersion, 'createdAt'> & { createdAt: Date }
const present = (row: Row): ModelVersion => ({ ...row, createdAt: row.createdAt.toISOString() })

export type NewVersion = Omit<ModelVersion, 'version' | 'stage' | 'createdAt' | 'isChampion'> & VersionEvidence

/**
 * Registers a model file as the next version, in stage development. The same file from the same pipeline run is registered once.
 */
export async function registerVersion(tx: Tx, given: NewVersion): Promise<ModelVersion> {
  await tx.$client.query('insert into models (name) values ($1) on conflict do nothing', [given.model])
  await lockModel(tx, given.model)
  const versions = await listVersions(tx, given.model)
  const known = versions.find((v) => v.artifact === given.artifact && v.pipelineRunId === given.pipelineRunId)
  if (known) return known
  const version = proposeVersion(versions[0], given)
  const { cv, importance, fairness } = given
  await tx.$client.query(
    `insert into model_versions (model, version, stage, artifact, size_bytes, algorithm, signature, metrics, threshold,
       dataset_version, run_id, pipeline_run_id, evidence, created_by)
     values ($1, $2, 'development', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      given.model,
      version,
      given.artifact,
      given.sizeBytes,
      given.algorithm,
      JSON.stringify(given.signature),
      JSON.stringify(given.metrics),
      given.threshold,
      given.datasetVersion,
      given.runId,
      given.pipelineRunId,
      JSON.stringify({ cv, importance, fairness }),
      given.createdBy,
    ],
  )
  await recordStage(tx, { model: given.model, version, from: null, to: 'development', actor: given.createdBy, reason: 'registered' })
  return getVersion(tx, given.model, version)
}

/** Serialises whatever changes a model's versions, stages or deployment. */
export async function lockModel(tx: Tx, model: string): Promise<void> {
  const { rowCount } = await tx.$client.query('select 1 from models where name = $1 for update', [model])
  if (rowCount === 0) throw new AssayError('NOT_FOUND', { what: 'Model', id: model })
}

/** Versions of a model, newest first. */
export async function listVersions(db: Db | Tx, model: string): Promise<ModelVersion[]> {
  const { rows } = await db.$client.query(
    `select ${COLUMNS} from model_versions v where model = $1 order by created_at desc, string_to_array(version, '.')::int[] desc`,
    [model],
  )
  return rows.map(present)
}

/** @throws NOT_FOUND */
export async function getVersion(db: Db | Tx, model: string, version: string): Promise<ModelVersion> {
  const { rows } = await db.$client.query(`select ${COLUMNS} from model_versions v where model = $1 and version = $2`, [
    model,
    version,
  ])
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Model version', id: `${model} ${version}` })
  return present(rows[0])
}

export async function findChampion(db: Db | Tx, model: string): Promise<ModelVersion | undefined> {
  const { rows } = await db.$client.query(
    `select ${COLUMNS} from model_versions v where model = $1 and stage = 'production'`,
    [model],
  )
  return rows[0] && present(rows[0])
}

export async function getEvidence(db: Db | Tx, model: string, version: string): Promise<VersionEvidence> {
  const { rows } = await db.$client.query('select evidence from model_versions where model = $1 and version = $2', [
    model,
    version,
  ])
  return rows[0].evidence
}

export async function listModelNames(db: Db | Tx): Promise<string[]> {
  const { rows } = await db.$client.query('select name from models order by name')
  return rows.map((row) => row.name)
}

type StageMove = {
  model: string
  version: string
  from: Stage | null
  to: Stage
  actor: string
  reason: string
  approvalId?: string | null
}

/** Appends to the stage history and tells of it. */
export async function recordStage(tx: Tx, move: StageMove): Promise<void> {
  const { model, version, from, to, actor, reason, approvalId } = move
  await tx.$client.query(
    `insert into stage_changes (model, version, from_stage, to_stage, actor, reason, approval_id) values ($1, $2, $3, $4, $5, $6, $7)`,
    [model, version, from, to, actor, reason, approvalId ?? null],
  )
  await emitEvent(tx, { type: 'model.stage_changed', actor, object: `model:${model}@${version}`, data: { from, to } })
}

/** Moves a version to a stage and records it. Moving to the stage it is in changes nothing. */
export async function moveStage(tx: Tx, move: Omit<StageMove, 'from'>): Promise<void> {
  const { stage } = await getVersion(tx, move.model, move.version)
  if (stage === move.to) return
  await tx.$client.query('update model_versions set stage = $3 where model = $1 and version = $2', [
    move.model,
    move.version,
    move.to,
  ])
  await recordStage(tx, { ...move, from: stage })
}

/** Stage changes of a model (or one version of it), newest first. */
export async function stageHistory(db: Db | Tx, model: string, version?: string): Promise<StageChange[]> {
  const { rows } = await db.$client.query(
    `select at, version, from_stage as "from", to_stage as "to", actor, reason, approval_id as "approvalId" from stage_changes
     where model = $1 and ($2::text is null or version = $2) order by id desc`,
    [model, version ?? null],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** What was in production at a time, who put it there and on whose approval; undefined when nothing was. */
export async function championAt(db: Db | Tx, model: string, time: Date): Promise<StageChange | undefined> {
  const { rows } = await db.$client.query(
    `select at, version, from_stage as "from", to_stage as "to", actor, reason, approval_id as "approvalId" from stage_changes s
     where model = $1 and to_stage = 'production' and at <= $2
       and not exists (select 1 from stage_changes later where later.model = s.model and later.version = s.version
                       and later.from_stage = 'production' and later.id > s.id and later.at <= $2)
     order by id desc limit 1`,
    [model, time],
  )
  return rows[0] && { ...rows[0], at: rows[0].at.toISOString() }
}
