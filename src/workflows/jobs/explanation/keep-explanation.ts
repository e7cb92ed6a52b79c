import type { ArtifactStore } from '../../../platform/artifacts/index.ts'
import { explainModel, type ExplainModelInput } from './explain-model.ts'
import type { JobContext } from '../job.ts'

/** Where an explanation lies. Its file holds cells of single rows: it goes when one of them is erased. */
export type KeptExplanation = {
  /** SHA-256 of the file, hex */
  artifact: string
  /** what single rows of a linear model are compared with; null for trees */
  means: number[] | null
}

/** Explains a model as a whole and keeps the explanation as an artifact. @throws as `explainModel`, STORAGE_FULL */
export async function keepExplanation(
  input: ExplainModelInput,
  { artifacts, progress }: { artifacts: ArtifactStore; progress: JobContext['progress'] },
): Promise<KeptExplanation> {
  const { explanation, means } = await explainModel(input, {
    progress: (done, total) => progress(done, total, 'explanation'),
  })
  const { sha256 } = await artifacts.put(Buffer.from(JSON.stringify(explanation)))
  return { artifact: sha256, means: means ?? null }
}
