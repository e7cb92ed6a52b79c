import {
  formatContract,
  getContract,
  getDatasetEvidence,
  getDatasetVersion,
  withRoles,
  type DatasetVersion,
  type DatasetWarning,
} from '../../data/index.ts'
import type { ArtifactStore, Db } from '../../platform/index.ts'
import { ROW_ORDER, type DatasetSettings } from '../project/project.ts'

export type ReusedDataset = { dataset: DatasetVersion; contractYaml: string; warnings: DatasetWarning[] }

/**
 * A dataset version that is there, with its contract in the roles of a project, and what was said of it when it was imported.
 * @throws NOT_FOUND, COLUMN_UNKNOWN, TARGET_INVALID
 */
export async function reuseDataset(
  { db, artifacts }: { db: Db; artifacts: Pick<ArtifactStore, 'get'> },
  id: string,
  settings: DatasetSettings,
): Promise<ReusedDataset> {
  const dataset = await getDatasetVersion(db, id)
  const { findingsArtifact } = await getDatasetEvidence(db, id)
  const { contract } = await getContract(db, dataset.name, dataset.contractVersion)
  const time = settings.time === ROW_ORDER ? undefined : settings.time
  const findings = findingsArtifact && JSON.parse(new TextDecoder().decode(await artifacts.get(findingsArtifact)))
  return {
    dataset,
    contractYaml: formatContract(withRoles(contract, { ...settings, time })),
    warnings: findings ? findings.warnings : [],
  }
}
