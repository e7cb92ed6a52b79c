import { listDatasetOutputs } from '../../pipelines/index.ts'
import type { Db } from '../../platform/index.ts'

const DIGEST = /\b[0-9a-f]{64}\b/g

/**
 * Artifacts that runs made of a dataset version: quarantine, violations with their examples, profile, evaluation. Everything that the
 * outputs of those runs name by a digest, but datasets and models.
 */
export async function derivedArtifacts(db: Db, datasetVersion: string): Promise<string[]> {
  const outputs = await listDatasetOutputs(db, datasetVersion)
  const digests = [...new Set(outputs.flatMap((text) => text.match(DIGEST) ?? []))]
  const { rows } = await db.$client.query<{ digest: string }>(
    `select digest from unnest($1::text[]) as digest
     where not exists (select 1 from dataset_versions where artifact = digest or id = digest)
       and not exists (select 1 from model_versions where artifact = digest)`,
    [digests],
  )
  return rows.map(({ digest }) => digest)
}
