import type { Db, Tx } from '../platform/index.ts'

/** What is kept of how a version decides. */
export type VersionExplanation = {
  /** The file that holds it, with cells of single rows; null after an erasure took it away. */
  artifact: string | null
  /** What single rows are compared with: means over the training rows, one a column; null where none are needed. */
  means: number[] | null
  /** The dataset version whose rows it shows. */
  datasetVersion: string
}

/** Keeps an explanation in the place of an earlier one. */
export async function recordExplanation(
  db: Db | Tx,
  of: { model: string; version: string },
  { artifact, means, datasetVersion }: VersionExplanation,
): Promise<void> {
  await db.$client.query(
    `insert into version_explanations (model, version, artifact, means, dataset_version) values ($1, $2, $3, $4, $5)
     on conflict (model, version) do update
       set artifact = excluded.artifact, means = excluded.means, dataset_version = excluded.dataset_version`,
    [of.model, of.version, artifact, means, datasetVersion],
  )
}

/** Undefined for a version that was never explained. */
export async function findExplanation(
  db: Db | Tx,
  of: { model: string; version: string },
): Promise<VersionExplanation | undefined> {
  const { rows } = await db.$client.query<VersionExplanation>(
    `select artifact, means, dataset_version as "datasetVersion" from version_explanations where model = $1 and version = $2`,
    [of.model, of.version],
  )
  return rows[0]
}

/** Files of explanations that show rows of a dataset version. */
export async function listExplanationArtifacts(db: Db | Tx, datasetVersion: string): Promise<string[]> {
  const { rows } = await db.$client.query<{ artifact: string }>(
    'select distinct artifact from version_explanations where dataset_version = $1 and artifact is not null',
    [datasetVersion],
  )
  return rows.map(({ artifact }) => artifact)
}

/** Says that a file of an explanation is gone. The means stay: they tell of no row. */
export async function forgetExplanation(db: Db | Tx, artifact: string): Promise<void> {
  await db.$client.query('update version_explanations set artifact = null where artifact = $1', [artifact])
}
