import { loadLearningSet } from './learning-set.ts'
import { rowObject, type RowObject } from './row-object.ts'
import type { IngestOutput } from './ingest.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { Job } from './job.ts'

export type ClaimsInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
  /** rows of the dataset version */
  rows: number[]
}

/** Some claims of a dataset version, as a caller would send them. A run keeps row numbers only: claims stay in the version. */
export const claimsJob: Job<ClaimsInput, RowObject[]> = {
  name: 'claims',
  async run({ project, dataset, artifactDir, rows }) {
    const { table } = await loadLearningSet(project, dataset, artifactDir)
    return rows.map((row) => rowObject(table, row))
  },
}
