import type { PipelineDefinition } from '../../pipelines/index.ts'
import type { StageDeps } from '../claims-pipeline/deps.ts'
import { importDataset } from './import-dataset.ts'

/** From a source to a dataset version: what the page Data and `assay data import` start. */
export function importPipeline(deps: Pick<StageDeps, 'config' | 'keys' | 'artifacts'>): PipelineDefinition {
  return {
    name: 'import',
    version: 1,
    groups: ['Import'],
    steps: [
      {
        name: 'import_dataset',
        title: 'Import',
        group: 'Import',
        role: 'data engineer',
        needs: [],
        retries: 1,
        timeoutMs: 4 * 3_600_000,
        description:
          'Reads the source, holds it against the contract, quarantines what breaks it, makes a dataset version.',
        source: new URL('./import-dataset.ts', import.meta.url),
        run: importDataset(deps),
      },
    ],
  }
}
