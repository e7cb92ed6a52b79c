import type { StoredVersion } from '../../data/index.ts'
import { listDatasetOutputs } from '../../pipelines/index.ts'
import type { Db } from '../../platform/index.ts'
import { listExplanationArtifacts } from '../../registry/index.ts'

const DIGEST = /\b[0-9a-f]{64}\b/g

/** A file that was made of a dataset version. */
export type DerivedArtifact = {
  artifact: string
  /** It holds single cells of many rows, so it may show one of the subject's without the subject beside it. */
  isExcerpt: boolean
}

/**
 * Artifacts that were made of a dataset version: quarantine, findings with their examples, profile, corrections, evaluations,
 * explanations. What the version names itself, what explains the models that learned from it, and everything that the outputs of
 * its runs name by a digest, but datasets and models.
 */
export async function derivedArtifacts(db: Db, version: StoredVersion): Promise<DerivedArtifact[]> {
  const excerpts = new Set([...version.excerpts, ...(await listExplanationArtifacts(db, version.id))])
  const outputs = await listDatasetOutputs(db, version.id)
  const named = outputs.flatMap((text) => text.match(DIGEST) ?? [])
  const digests = [...new Set([...(version.quarantine ? [version.quarantine] : []), ...excerpts, ...named])]
  const { rows } = await db.$client.query<{ digest: string }>(
    `select digest from unnest($1::text[]) as digest
     where not exists (select 1 from dataset_versions where artifact = digest or id = digest)
       and not exists (select 1 from model_versions where artifact = digest)`,
    [digests],
  )
  return rows.map(({ digest }) => ({ artifact: digest, isExcerpt: excerpts.has(digest) }))
}
