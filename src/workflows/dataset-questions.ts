import { getContract, getDatasetVersion, type Contract, type DatasetDiff, type RuleFault } from '../data/index.ts'
import type { ArtifactStore, Db } from '../platform/index.ts'
import { listVersionsTrainedOn } from '../registry/index.ts'
import { diffJob, ruleFaultsJob } from './jobs/dataset-questions.ts'
import { runJob } from './jobs/run-job.ts'

/** A question somebody waits for the answer of: a process that takes longer is ended. */
const TIMEOUT_MS = 120_000

export type DatasetQuestions = {
  /** what changed from one version to another */
  diff: (from: string, to: string) => Promise<DatasetDiff>
  ruleFaults: (contract: Contract) => Promise<RuleFault[]>
  /** model versions that learned from it */
  modelsOf: (id: string) => Promise<{ model: string; version: string }[]>
}

/** What the routes of data ask and their room cannot answer: what needs DuckDB, in a process of its own, and what the registry knows. */
export function datasetQuestions({ db, artifacts }: { db: Db; artifacts: ArtifactStore }): DatasetQuestions {
  const context = () => ({ log: () => {}, progress: () => {}, signal: AbortSignal.timeout(TIMEOUT_MS) })
  return {
    async diff(from, to) {
      const [before, after] = [await getDatasetVersion(db, from), await getDatasetVersion(db, to)]
      const { contract } = await getContract(db, after.name, after.contractVersion)
      const files = { from: artifacts.path(before.artifact), to: artifacts.path(after.artifact) }
      return runJob(diffJob, { ...files, contract }, context())
    },
    ruleFaults: (contract) => runJob(ruleFaultsJob, { contract }, context()),
    modelsOf: (id) => listVersionsTrainedOn(db, [id]),
  }
}
