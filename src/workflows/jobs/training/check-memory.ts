import { AssayError } from '../../../errors/index.ts'
import { algorithms, type Algorithm, type AlgorithmName, type Column, type Model } from '../../../learn/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { SplitSet } from '../learning-set.ts'
import type { FitSettings } from './fit.ts'

/** Of one value, as a column holds it. */
const VALUE_BYTES: Record<Column['kind'], number> = { number: 8, category: 4 }

/**
 * Refuses a fit that would take more memory than this process may have, before it starts: else the system would end the process,
 * and nobody could say why. What is estimated: what the process has already, the rows copied out or binned, and what the algorithm
 * lays out.
 * @param usedBytes what the process has already
 * @throws TABLE_TOO_LARGE with estimate and limit
 */
export function checkMemory(
  { project, nThreads, memoryBytes = Infinity }: FitSettings,
  { table }: SplitSet,
  { algorithm, nRows }: { algorithm: AlgorithmName; nRows: number },
  usedBytes: number = process.memoryUsage.rss(),
): void {
  const nColumns = table.columns.length
  const { resolveOptions, trainingBytes } = algorithms[algorithm] as Algorithm<object, Model>
  const options = resolveOptions(trainingOptions(project.training, algorithm, nThreads))
  const rowBytes = table.columns.reduce((sum, { kind }) => sum + VALUE_BYTES[kind], 0)
  const laidOut = trainingBytes?.({ nRows, nColumns, hasWeights: false }, options) ?? 0
  const neededBytes = usedBytes + nRows * rowBytes + laidOut
  if (neededBytes <= memoryBytes) return
  const ways = 'train on fewer rows or columns, or on a machine with more memory'
  const limit = `${inGb(memoryBytes)} of memory that this training may take, and ${algorithm} would take it to ${inGb(neededBytes)}; ${ways}`
  throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns, limit })
}

const inGb = (bytes: number): string => `${Number((bytes / 1e9).toPrecision(3))} GB`
