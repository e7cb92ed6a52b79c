import {
  algorithms,
  takeRows,
  trainModel,
  type AlgorithmName,
  type CurvePoint,
  type Model,
  type TrainHooks,
  type TrainInput,
} from '../../../learn/index.ts'
import type { ResolvedProject } from '../../project/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import { checkMemory } from './check-memory.ts'
import type { SharedBins } from './shared-bins.ts'

export type FitSettings = {
  project: ResolvedProject
  nThreads: number
  /** the most memory that this process may take; no limit if absent */
  memoryBytes?: number
  /** what the process had when its learning set was loaded; what it has now if absent */
  baseBytes?: number
}

export type FitRequest = {
  algorithm: AlgorithmName
  rows: Int32Array
  context: JobContext
  /** what is fitted, for who looks on */
  text: string
  /** measure the learning curve, where the algorithm has one; of a fold, or of the final fit */
  curve?: { fold?: number }
  /** bins to learn from; without them the rows are binned by themselves */
  shared?: SharedBins
}

/**
 * Fits one algorithm on some rows of the learning set, with the project's options.
 * @throws what `checkMemory` and `trainModel` throw
 */
export async function fit(settings: FitSettings, set: SplitSet, request: FitRequest): Promise<Model> {
  const { project, nThreads } = settings
  const { algorithm, rows, shared } = request
  checkMemory(settings, set, { algorithm, nRows: rows.length, nSharedRows: shared?.nRows })
  const binned = await shared?.find(algorithm, rows)
  const options = trainingOptions(project.training, algorithm, nThreads)
  return trainModel(
    {
      ...(binned ?? { table: takeRows(set.table, rows) }),
      y: pick(set.y, rows),
      target: set.target,
      positive: set.positive,
      algorithm,
      options,
    } as TrainInput,
    hooksOf(request, options),
  )
}

/** What a curve of an algorithm that grows trees goes over. */
export const OVER_TREES = 'trees'

/** Progress in trees or iterations, and the curve in measurements. */
function hooksOf({ algorithm, context, text, curve }: FitRequest, options: Record<string, unknown>): TrainHooks {
  const resolved = algorithms[algorithm].resolveOptions(options)
  const unit = 'nTrees' in resolved ? 'trees' : 'iterations'
  const over = 'nTrees' in resolved ? { over: OVER_TREES, last: resolved.nTrees } : { over: 'iteration' }
  const progress = (done: number, total: number) =>
    context.progress(done, total, `${text}, ${done} of ${total} ${unit}`)
  if (!curve) return { progress }
  const seriesOf = ({ metric, on }: CurvePoint) =>
    ({
      subject: algorithm,
      metric,
      ...over,
      on,
      ...curve,
    }) as const
  return { progress, curve: (point) => context.measure(seriesOf(point), point.iteration, point.loss) }
}

/** Values of the given rows. */
export function pick(values: Uint8Array, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => values[row])
}
