import { parseContract } from '../../data/index.ts'
import { findTraps, type Trap } from '../../learn/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job } from './job.ts'
import { loadLearningSet } from './learning-set.ts'
import { makeFolds } from './training/cross-validate.ts'

export type TrapsInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
}

/** Looks for what would make a model seem better than it is, over the very folds that it will be judged by. */
export const trapsJob: Job<TrapsInput, { traps: Trap[] }> = {
  name: 'traps',
  async run({ project, dataset, artifactDir }, context) {
    const set = await loadLearningSet(project, dataset, artifactDir)
    const { rows, fold } = await makeFolds(project, set)
    const folds = new Int16Array(set.y.length).fill(-1)
    rows.forEach((row, i) => (folds[row] = fold[i]))
    const { columns } = parseContract(dataset.contractYaml)
    const afterDecision = columns
      .filter((column) => column.role === 'feature' && column.decisionTime === false)
      .map((column) => column.name)
    context.progress(0, 1, 'looking for leakage and other traps')
    const { table, y, target } = set
    const traps = findTraps({ table, y, target, afterDecision, folds, seed: project.training.seed })
    context.progress(1, 1, `${traps.length} traps`)
    return { traps }
  },
}
