import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import { listApprovals } from './approvals.ts'
import { getDeployment } from './deployments.ts'
import { listGates, versionSubject } from './gate-records.ts'
import { findPreviousChampion } from './promotion.ts'
import type { ModelDetail, ModelSummary, ModelVersion, VersionComparison, VersionDetail } from './schemas.ts'
import { stageHistory } from './stage-changes.ts'
import { findChampion, getEvidence, getVersion, listVersions } from './versions.ts'

/** All models by name, with their champion and highest version. */
export async function listModels(db: Db | Tx): Promise<ModelSummary[]> {
  const { rows } = await db.$client.query(
    `select model as name, count(*) as "nVersions", max(version) filter (where stage = 'production') as champion,
       (array_agg(version order by string_to_array(version, '.')::int[] desc))[1] as latest
     from model_versions group by model order by model`,
  )
  const summaries: ModelSummary[] = []
  for (const row of rows) summaries.push({ ...row, latest: await getVersion(db, row.name, row.latest) })
  return summaries
}

/** @throws NOT_FOUND */
export async function getModel(db: Db | Tx, name: string): Promise<ModelDetail> {
  const versions = await listVersions(db, name)
  if (versions.length === 0) throw new AssayError('NOT_FOUND', { what: 'Model', id: name })
  return {
    name,
    champion: versions.find((version) => version.isChampion)?.version ?? null,
    previousChampion: (await findPreviousChampion(db, name))?.version ?? null,
    versions,
    history: await stageHistory(db, name),
    variants: (await getDeployment(db, name)).variants,
  }
}

/** A version with everything that is on record about it. @throws NOT_FOUND */
export async function getVersionDetail(db: Db | Tx, model: string, version: string): Promise<VersionDetail> {
  const found = await getVersion(db, model, version)
  return {
    ...found,
    ...(await getEvidence(db, model, version)),
    gates: await listGates(db, versionSubject(model, version)),
    approvals: await listApprovals(db, { model, version }),
    history: await stageHistory(db, model, version),
  }
}

/**
 * Two versions side by side, metric by metric; a side that lacks a metric is null. The intervals are each version's own: whether
 * one is better is for a paired comparison on the same rows to say, not for their overlap.
 * @throws NOT_FOUND
 */
export async function compareVersions(
  db: Db | Tx,
  model: string,
  [first, second]: [string, string],
): Promise<VersionComparison> {
  const a = await getVersion(db, model, first)
  const b = await getVersion(db, model, second)
  const names = [...new Set([...Object.keys(a.metrics), ...Object.keys(b.metrics)])]
  const metrics = names.map((name) => {
    const [ofA, ofB] = [a.metrics[name] ?? null, b.metrics[name] ?? null]
    return { name, a: ofA, b: ofB, difference: difference(ofA?.estimate, ofB?.estimate) }
  })
  return { a, b, metrics }
}

function difference(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || b == null ? null : b - a
}

/**
 * The champion of a model; without a name, of the model that changed its champion last.
 * @throws NOT_FOUND when nothing is in production
 */
export async function getChampion(db: Db | Tx, model?: string): Promise<ModelVersion> {
  const { rows } = await db.$client.query(
    `select model from stage_changes where to_stage = 'production' and ($1::text is null or model = $1) order by id desc limit 1`,
    [model ?? null],
  )
  const champion = rows.length > 0 ? await findChampion(db, rows[0].model) : undefined
  if (!champion) throw new AssayError('NOT_FOUND', { what: 'A champion of', id: model ?? 'any model' })
  return champion
}
