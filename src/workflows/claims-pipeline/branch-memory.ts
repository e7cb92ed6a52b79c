import { parseContract, type ContractColumn } from '../../data/index.ts'
import type { AlgorithmName, ColumnShape } from '../../learn/index.ts'
import type { IngestOutput } from '../jobs/ingest.ts'
import { neededBytes } from '../jobs/training/needed-bytes.ts'
import type { ResolvedProject } from '../project/index.ts'

/** What a process has before it reads anything, DuckDB included, measured on Linux; then of each row and value that it reads. */
const PROCESS_BYTES = 270e6
const ROW_BYTES = 150
const CELL_BYTES: Record<ColumnShape['kind'], number> = { number: 12, category: 50 }

/** Levels of a category whose contract does not list them, at most: more count as others in every algorithm. */
const UNKNOWN_LEVELS = 10_000

type Version = Pick<IngestOutput, 'contractYaml'> & { dataset: Pick<IngestOutput['dataset'], 'nRows'> }

/**
 * About how many bytes the process of a branch of stage 6 takes at most: itself, the rows it reads, and the largest fit over the folds.
 * It is known before the process starts, from the contract alone; the process itself checks more exactly (`checkMemory`).
 */
export function bytesOfBranch(
  project: ResolvedProject,
  { dataset, contractYaml }: Version,
  { algorithm, nThreads }: { algorithm: AlgorithmName; nThreads: number },
): number {
  const contract = parseContract(contractYaml)
  const features = contract.columns.filter(({ role, policy }) => role === 'feature' && policy !== 'drop')
  const rowBytes = contract.columns.reduce((sum, column) => sum + CELL_BYTES[shapeOf(column).kind], ROW_BYTES)
  const nRows = Math.max(1, Math.ceil(dataset.nRows * (1 - project.training.testShare)))
  const size = { algorithm, columns: features.map(shapeOf), nThreads, nRows, nSharedRows: nRows }
  return PROCESS_BYTES + dataset.nRows * rowBytes + neededBytes(project, size)
}

/** A column as `toLearningSet` makes it. */
function shapeOf({ type, values }: ContractColumn): ColumnShape {
  switch (type) {
    case 'number':
    case 'integer':
    case 'timestamp':
      return { kind: 'number' }
    case 'date':
      return { kind: 'number', format: 'date' }
    default:
      return { kind: 'category', nLevels: values?.length ?? UNKNOWN_LEVELS }
  }
}
