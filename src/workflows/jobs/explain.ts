import { loadModel } from '../../learn/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { GlobalExplanation } from '../explanation/schemas.ts'
import type { ResolvedProject } from '../project/index.ts'
import { keepExplanation, type KeptExplanation } from './explanation/keep-explanation.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job } from './job.ts'
import { loadLearningSet } from './learning-set.ts'

export type ExplainInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'contractYaml'> & { dataset: Pick<IngestOutput['dataset'], 'artifact'> }
  artifactDir: string
  /** of the model */
  artifact: string
  importance: GlobalExplanation['importance']
  /** of an earlier explanation: single rows go on being compared with them */
  means?: number[]
}

/** Explains a version that was registered without an explanation, or whose explanation was taken away. */
export const explainJob: Job<ExplainInput, KeptExplanation> = {
  name: 'explain',
  async run({ project, dataset, artifactDir, artifact, importance, means }, { progress }) {
    const artifacts = await openArtifacts(artifactDir)
    const set = await loadLearningSet(project, dataset, artifactDir)
    const model = loadModel(await artifacts.get(artifact))
    return keepExplanation({ model, set, importance, means }, { artifacts, progress })
  },
}
