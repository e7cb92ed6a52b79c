import { holdOutMask, parseContract, readDataset, toLearningSet, type LearningSet } from '../../data/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { IngestOutput } from './ingest.ts'

const HOLD_OUT_KEY = 'assay-hold-out'

export type SplitSet = LearningSet & {
  /** rows for fitting and cross-validation, ascending */
  train: Int32Array
  /** rows of the hold-out: never fitted on, by a keyed hash of their id, so they stay where they are when rows are added */
  test: Int32Array
}

/** The dataset version as columns for learning, with its hold-out. */
export async function loadLearningSet(
  project: ResolvedProject,
  { dataset, contractYaml }: Pick<IngestOutput, 'dataset' | 'contractYaml'>,
  artifactDir: string,
): Promise<SplitSet> {
  const artifacts = await openArtifacts(artifactDir)
  const columns = await readDataset(artifacts.path(dataset.artifact))
  const set = toLearningSet(columns, parseContract(contractYaml))
  const inTest = holdOutMask(set.ids, HOLD_OUT_KEY, project.training.testShare)
  const rowsWhere = (value: number) => Int32Array.from(inTest.keys()).filter((row) => inTest[row] === value)
  return { ...set, train: rowsWhere(0), test: rowsWhere(1) }
}
