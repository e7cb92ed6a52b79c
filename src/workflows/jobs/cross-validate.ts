import type { AlgorithmName } from '../../learn/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job } from './job.ts'
import { loadLearningSet } from './learning-set.ts'
import { crossValidate, type AlgorithmScores } from './training/cross-validate.ts'
import { makeFolds } from './training/make-folds.ts'
import { encodeOutOfFold } from './training/out-of-fold.ts'

export type CrossValidateJobInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
  nThreads: number
  /** the most memory that the process may take */
  memoryBytes?: number
  algorithm: AlgorithmName
}

export type CrossValidateOutput = {
  scores: AlgorithmScores
  /** digest of the artifact with truth and score of every tested row; rows are in artifacts only */
  outOfFold: string
}

/** Tries one algorithm over the project's folds. What comes of it depends on neither the other algorithms nor the threads. */
export const crossValidateJob: Job<CrossValidateJobInput, CrossValidateOutput> = {
  name: 'cross-validate',
  async run({ project, dataset, artifactDir, nThreads, memoryBytes, algorithm }, context) {
    const set = await loadLearningSet(project, dataset, artifactDir)
    const folds = await makeFolds(project, set)
    const { scores, outOfFold } = await crossValidate({ project, nThreads, memoryBytes }, set, {
      folds,
      algorithm,
      context,
    })
    const artifacts = await openArtifacts(artifactDir)
    const { sha256 } = await artifacts.put(encodeOutOfFold(outOfFold))
    return { scores, outOfFold: sha256 }
  },
}
