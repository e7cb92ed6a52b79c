import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import type { StageDeps } from '../claims-pipeline/deps.ts'
import type { DatasetSettings } from '../project/index.ts'
import { ingestDataset } from './ingest-dataset.ts'

/** Makes a dataset version of a source. Gates are told, but nothing is blocked: what does not meet them may still be looked at. */
export const importDataset =
  (deps: Pick<StageDeps, 'config' | 'keys' | 'artifacts'>) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const settings = context.run.configuration as DatasetSettings
    const { result, gates, record } = await ingestDataset(context, deps, settings)
    return { kind: 'done', outputs: result, gates, facts: { datasetVersion: result.dataset.id }, commit: record }
  }
