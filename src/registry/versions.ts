import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { voidApprovals } from './approvals.ts'
import type { ModelVersion, Signature, VersionEvidence } from './schemas.ts'
import { findVersionParts, proposeVersion } from './semantic-version.ts'
import { recordStage } from './stage-changes.ts'

export type NewVersion = {
  model: string
  /** SHA-256 of the model file, hex */
  artifact: string
  sizeBytes: number
  algorithm: string
  signature: Signature
  /** figures that are not finite are kept as null */
  metrics: ModelVersion['metrics']
  /** scores from here on are referred */
  threshold: number
  datasetVersion: string
  /** tracking run */
  runId: string | null
  pipelineRunId: string | null
  createdBy: string
  /** instead of the proposed one */
  version?: string
} & VersionEvidence

/**
 * Registers a model file as the next semantic version, in stage development. Registering the same file for the same pipeline
 * run again answers the version that is there. Another file for a run voids the approvals given to the run's earlier one.
 * @throws VERSION_INVALID, VERSION_EXISTS for a given version that cannot be taken
 */
export async function registerVersion(tx: Tx, given: NewVersion): Promise<ModelVersion> {
  const { model, artifact, pipelineRunId, createdBy } = given
  await tx.$client.query('insert into models (name) values ($1) on conflict do nothing', [model])
  await lockModel(tx, model)
  const versions = await listVersions(tx, model)
  const ofRun = pipelineRunId === null ? [] : versions.filter((version) => version.pipelineRunId === pipelineRunId)
  const known = ofRun.find((version) => version.artifact === artifact)
  if (known) return known

  const version = given.version ?? proposeVersion(versions[0], given)
  if (!findVersionParts(version)) throw new AssayError('VERSION_INVALID', { version })
  if (versions.some((taken) => taken.version === version)) throw new AssayError('VERSION_EXISTS', { model, version })
  await insertVersion(tx, { ...given, version })
  await recordStage(tx, {
    model,
    version,
    from: null,
    to: 'development',
    action: 'register',
    actor: createdBy,
    reason: 'registered',
    approvalId: null,
  })
  await emitEvent(tx, {
    type: 'version.registered',
    actor: createdBy,
    object: `model:${model}@${version}`,
    data: { artifact, runId: given.runId, pipelineRunId, datasetVersion: given.datasetVersion },
  })
  if (pipelineRunId !== null) await voidApprovals(tx, { model, pipelineRunId, artifact, actor: createdBy })
  return getVersion(tx, model, version)
}

async function insertVersion(tx: Tx, given: NewVersion & { version: string }): Promise<void> {
  const { cv, importance, fairness, leaderboard, curves, decision } = given
  await tx.$client.query(
    `insert into model_versions (model, version, stage, artifact, size_bytes, algorithm, signature, metrics, threshold,
       dataset_version, run_id, pipeline_run_id, evidence, created_by)
     values ($1, $2, 'development', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      given.model,
      given.version,
      given.artifact,
      given.sizeBytes,
      given.algorithm,
      JSON.stringify(given.signature),
      JSON.stringify(given.metrics),
      given.threshold,
      given.datasetVersion,
      given.runId,
      given.pipelineRunId,
      JSON.stringify({ cv, importance, fairness, leaderboard, curves, decision }),
      given.createdBy,
    ],
  )
}

/**
 * Waits for whoever else changes the model's versions, stages or deployment, and keeps them waiting until the transaction ends.
 * @throws NOT_FOUND
 */
export async function lockModel(tx: Tx, model: string): Promise<void> {
  const { rowCount } = await tx.$client.query('select from models where name = $1 for update', [model])
  if (rowCount === 0) throw new AssayError('NOT_FOUND', { what: 'Model', id: model })
}

const selectVersions = `select model, version, stage, artifact, size_bytes as "sizeBytes", algorithm, run_id as "runId",
  pipeline_run_id as "pipelineRunId", dataset_version as "datasetVersion", metrics, threshold, signature,
  created_at as "createdAt", created_by as "createdBy", stage = 'production' as "isChampion" from model_versions`

type Row = Omit<ModelVersion, 'createdAt'> & { createdAt: Date }
const toVersion = (row: Row): ModelVersion => ({ ...row, createdAt: row.createdAt.toISOString() })

/** All versions of a model, the highest first; none for an unknown model. */
export async function listVersions(db: Db | Tx, model: string): Promise<ModelVersion[]> {
  const { rows } = await db.$client.query<Row>(
    `${selectVersions} where model = $1 order by string_to_array(version, '.')::int[] desc`,
    [model],
  )
  return rows.map(toVersion)
}

/** Versions of any model that learned from one of these dataset versions, the newest first. */
export async function listVersionsTrainedOn(db: Db | Tx, datasetVersions: string[]): Promise<ModelVersion[]> {
  const { rows } = await db.$client.query<Row>(
    `${selectVersions} where dataset_version = any($1) order by created_at desc`,
    [datasetVersions],
  )
  return rows.map(toVersion)
}

/** @throws NOT_FOUND */
export async function getVersion(db: Db | Tx, model: string, version: string): Promise<ModelVersion> {
  const { rows } = await db.$client.query<Row>(`${selectVersions} where model = $1 and version = $2`, [model, version])
  if (rows.length === 0) throw new AssayError('NOT_FOUND', { what: 'Model version', id: `${model}@${version}` })
  return toVersion(rows[0])
}

/** The version in production, or undefined. */
export async function findChampion(db: Db | Tx, model: string): Promise<ModelVersion | undefined> {
  const { rows } = await db.$client.query<Row>(`${selectVersions} where model = $1 and stage = 'production'`, [model])
  return rows.map(toVersion)[0]
}

/** What was found out about a version that exists. */
export async function getEvidence(db: Db | Tx, model: string, version: string): Promise<VersionEvidence> {
  const { rows } = await db.$client.query('select evidence from model_versions where model = $1 and version = $2', [
    model,
    version,
  ])
  return rows[0].evidence
}
