import { formatContract, getContract, getDatasetVersion, type Corrections } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import { findSourceRun, type PipelineDefinition } from '../../pipelines/index.ts'
import type { ArtifactStore, Db, Engine } from '../../platform/index.ts'
import type { DatasetSettings } from '../project/index.ts'
import { startPipelineRun } from '../start-run.ts'

export type CorrectionDeps = {
  db: Db
  engine: Engine
  artifacts: Pick<ArtifactStore, 'put'>
  definition: PipelineDefinition
}

/**
 * Starts the run that makes a new version of a dataset: its source is read once more, corrected as it was before and as it is asked for
 * now, and held against the version's contract. What was corrected is kept as an artifact; the original rows stay with the version.
 * @throws NOT_FOUND for a version that is not there, or whose source is not known
 */
export const startCorrections =
  ({ db, engine, artifacts, definition }: CorrectionDeps) =>
  async (id: string, corrections: Corrections, actor: string): Promise<{ runId: string }> => {
    const { name, contractVersion } = await getDatasetVersion(db, id)
    const origin = await findSourceRun(db, id)
    if (!origin) throw new AssayError('NOT_FOUND', { what: 'Source of dataset version', id })
    const settings = origin.configuration as DatasetSettings
    const { contract } = await getContract(db, name, contractVersion)
    const { sha256 } = await artifacts.put(Buffer.from(JSON.stringify(corrections)))
    const configuration: DatasetSettings = {
      name,
      data: settings.data,
      sourceName: settings.sourceName,
      contractYaml: formatContract(contract),
      drop: [],
      protected: [],
      corrections: { parent: id, artifacts: [...(settings.corrections?.artifacts ?? []), sha256] },
    }
    const runId = await startPipelineRun(
      { db, engine },
      { definition, project: name, configuration, model: '', actor, trigger: 'api', commit: null },
    )
    return { runId }
  }
