import {
  algorithms,
  bytesOfBinnedTable,
  type Algorithm,
  type AlgorithmName,
  type ColumnShape,
  type Model,
  type Table,
} from '../../../learn/index.ts'
import type { ResolvedProject } from '../../project/index.ts'
import { trainingOptions } from '../../project/training.ts'

/** Of one value, as a column holds it. */
const VALUE_BYTES: Record<ColumnShape['kind'], number> = { number: 8, category: 4 }

export type FitSize = {
  algorithm: AlgorithmName
  columns: readonly ColumnShape[]
  nThreads: number
  /** of the fit */
  nRows: number
  /** rows of the table of bins that fits share, where they do and the algorithm takes bins */
  nSharedRows?: number
}

/** What of each column decides how much memory a training takes. */
export function shapesOf({ columns }: Pick<Table, 'columns'>): ColumnShape[] {
  return columns.map((column): ColumnShape => {
    if (column.kind === 'category') return { kind: 'category', nLevels: column.levels.length }
    return { kind: 'number', ...(column.format ? { format: column.format } : {}) }
  })
}

/**
 * Bytes that a fit takes besides the learning set, in whichever of its phases it takes the most: rows are copied out and binned, or
 * copied out and learned from, or learned from by their bins.
 */
export function neededBytes(project: ResolvedProject, size: FitSize): number {
  const { algorithm, columns, nThreads, nRows, nSharedRows } = size
  const { resolveOptions, trainingBytes, takesBinned } = algorithms[algorithm] as Algorithm<object, Model>
  const options = resolveOptions(trainingOptions(project.training, algorithm, nThreads))
  const rowBytes = columns.reduce((sum, { kind }) => sum + VALUE_BYTES[kind], 0)
  const isBinned = takesBinned === true && nSharedRows !== undefined
  const training = trainingBytes?.({ nRows, columns, hasWeights: false, isBinned }, options) ?? 0
  if (!isBinned) return nRows * rowBytes + training
  const { bins, binning } = bytesOfBinnedTable({ nRows: nSharedRows, nColumns: columns.length }, nThreads)
  return bins + Math.max(nSharedRows * rowBytes + binning, training)
}
