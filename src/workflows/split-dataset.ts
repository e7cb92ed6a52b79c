import {
  getContract,
  getDatasetVersion,
  listSplits,
  recordSplit,
  type SplitMethod,
  type StoredSplit,
} from '../data/index.ts'
import { AssayError } from '../errors/index.ts'
import { withTransaction, type ArtifactStore, type Config, type Db } from '../platform/index.ts'
import { runJob } from './jobs/run-job.ts'
import { splitJob } from './jobs/split.ts'
import { SPLIT_PREFIX, type ResolvedProject } from './project/project.ts'

const TIMEOUT_MS = 120_000

/**
 * Divides a dataset version and keeps the split beside it, under a name that then stands for it for ever.
 * @throws NOT_FOUND, SPLIT_INVALID, FOLDS_INVALID
 */
export const splitDataset =
  ({ db, config }: { db: Db; config: Pick<Config, 'artifactDir'> }) =>
  async (id: string, { name, method }: { name: string; method: SplitMethod }): Promise<StoredSplit> => {
    const { artifact, name: dataset, contractVersion } = await getDatasetVersion(db, id)
    const { yaml } = await getContract(db, dataset, contractVersion)
    const split = await runJob(
      splitJob,
      { artifact, contractYaml: yaml, artifactDir: config.artifactDir, name, method },
      { signal: AbortSignal.timeout(TIMEOUT_MS), log: () => {}, progress: () => {} },
    )
    await withTransaction(db, (tx) => recordSplit(tx, { datasetVersion: id, name, method, ...split }))
    return getSplit(db, id, name)
  }

async function getSplit(db: Db, id: string, name: string): Promise<StoredSplit> {
  const split = (await listSplits(db, id)).find((candidate) => candidate.name === name)
  if (!split) throw new AssayError('NOT_FOUND', { what: 'Split of the dataset version', id: name })
  return split
}

/** The project with the file of the split that its folds name. @throws NOT_FOUND */
export async function withNamedFolds(
  { db, artifacts }: { db: Db; artifacts: Pick<ArtifactStore, 'path'> },
  project: ResolvedProject,
): Promise<ResolvedProject> {
  const { data, folds } = project
  if (data.kind !== 'dataset' || !folds?.startsWith(SPLIT_PREFIX)) return project
  const { artifact } = await getSplit(db, data.id, folds.slice(SPLIT_PREFIX.length))
  return { ...project, foldsPath: artifacts.path(artifact) }
}
