import { takeRows, trainModel, type AlgorithmName, type Model, type TrainInput } from '../../../learn/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import type { TrainJobInput } from '../train.ts'

/** Fits one algorithm on some rows of the learning set, with the project's options. */
export function fit(
  { project, nThreads }: Pick<TrainJobInput, 'project' | 'nThreads'>,
  set: SplitSet,
  { algorithm, rows, context, text }: { algorithm: AlgorithmName; rows: Int32Array; context: JobContext; text: string },
): Promise<Model> {
  return trainModel(
    {
      table: takeRows(set.table, rows),
      y: pick(set.y, rows),
      target: set.target,
      positive: set.positive,
      algorithm,
      options: trainingOptions(project.training, algorithm, nThreads),
    } as TrainInput,
    { progress: (done, total) => context.progress(done, total, `${algorithm}, ${text}`) },
  )
}

/** Values of the given rows. */
export function pick(values: Uint8Array, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => values[row])
}
