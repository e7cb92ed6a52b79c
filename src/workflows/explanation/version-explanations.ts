import { findSuccessors, getContract, getDatasetVersion, type DatasetVersion } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import { findRun } from '../../pipelines/index.ts'
import { withTransaction, type ArtifactStore, type Config, type Db } from '../../platform/index.ts'
import {
  findExplanation,
  forgetExplanation,
  getVersion,
  getVersionDetail,
  recordExplanation,
  type ModelVersion,
} from '../../registry/index.ts'
import { explainJob, type ExplainInput } from '../jobs/explain.ts'
import type { KeptExplanation } from '../jobs/explanation/keep-explanation.ts'
import { runJob } from '../jobs/run-job.ts'
import type { ResolvedProject } from '../project/index.ts'

/** Somebody waits for the answer: a process that takes longer is ended. */
const TIMEOUT_MS = 10 * 60_000

/** Explanations of versions as wholes: those that evaluation kept, and others as they are asked for. */
export type VersionExplanations = {
  /**
   * The digest of the file with the explanation. Where none is kept (a version of an earlier release, one that showed rows of an
   * erased subject) it is computed in a process of its own, once for all who ask at a time, and kept.
   * @throws NOT_FOUND, EXPLANATION_UNAVAILABLE where the rows to explain are not known or not here, EXPLANATION_UNSUPPORTED
   */
  getArtifact(of: { model: string; version: string }): Promise<string>
  /** What single rows are compared with; null for trees. @throws as `getArtifact` */
  getMeans(version: ModelVersion): Promise<readonly number[] | null>
}

type Deps = {
  db: Db
  artifacts: ArtifactStore
  config: Pick<Config, 'artifactDir'>
  /** explains in a process of its own */
  explain?: (input: ExplainInput) => Promise<KeptExplanation>
}

export function createVersionExplanations({
  db,
  artifacts,
  config,
  explain = explainInProcess,
}: Deps): VersionExplanations {
  const underWay = new Map<string, Promise<string>>()

  async function compute(version: ModelVersion): Promise<KeptExplanation> {
    const { model, artifact } = version
    const unavailable = (reason: string) =>
      new AssayError('EXPLANATION_UNAVAILABLE', { model, version: version.version, reason })
    const run = version.pipelineRunId === null ? undefined : await findRun(db, version.pipelineRunId)
    if (!run) throw unavailable('no pipeline of this installation trained it, so that its hold-out is not known')
    const dataset = await newestDataset(db, version.datasetVersion)
    if (!dataset || !(await artifacts.has(dataset.artifact)))
      throw unavailable(`the data of its dataset version ${version.datasetVersion.slice(0, 12)} is not here`)
    const { yaml } = await getContract(db, dataset.name, dataset.contractVersion)
    const { importance } = await getVersionDetail(db, model, version.version)
    const before = await findExplanation(db, version)
    const kept = await explain({
      project: run.configuration as ResolvedProject,
      dataset: { dataset, contractYaml: yaml },
      artifactDir: config.artifactDir,
      artifact,
      importance,
      means: before?.means ?? undefined,
    })
    await withTransaction(db, (tx) => recordExplanation(tx, version, { ...kept, datasetVersion: dataset.id }))
    // An erasure that went on meanwhile did not see the new file.
    if ((await findSuccessors(db, [dataset.id])).size === 0) return kept
    await forgetExplanation(db, kept.artifact)
    await artifacts.remove(kept.artifact)
    return compute(version)
  }

  async function findOrCompute(of: { model: string; version: string }): Promise<string> {
    const version = await getVersion(db, of.model, of.version)
    const found = await findExplanation(db, version)
    if (found?.artifact && (await artifacts.has(found.artifact))) return found.artifact
    return (await compute(version)).artifact
  }

  function getArtifact(of: { model: string; version: string }): Promise<string> {
    const name = `${of.model}@${of.version}`
    const getting = underWay.get(name) ?? findOrCompute(of).finally(() => underWay.delete(name))
    underWay.set(name, getting)
    return getting
  }

  return {
    getArtifact,
    async getMeans(version) {
      const found = await findExplanation(db, version)
      if (found) return found.means
      await getArtifact(version)
      return (await findExplanation(db, version))?.means ?? null
    },
  }
}

/** The dataset version, or the one that has the rest of it after erasures; undefined where none is known. */
async function newestDataset(db: Db, id: string): Promise<DatasetVersion | undefined> {
  const successor = (await findSuccessors(db, [id])).get(id)
  if (successor !== undefined) return newestDataset(db, successor)
  return getDatasetVersion(db, id).catch((error) => {
    if (error instanceof AssayError && error.code === 'NOT_FOUND') return undefined
    throw error
  })
}

function explainInProcess(input: ExplainInput): Promise<KeptExplanation> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  return runJob(explainJob, input, { log: () => {}, progress: () => {}, signal })
}
