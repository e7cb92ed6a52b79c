import { isMissing, type DataColumns } from './columns.ts'
import type { Contract } from './contract/contract.ts'
import type { ValidationCounts } from './validation/violation.ts'
import type { Validation } from './contract/validate.ts'

/** Shares from 0 to 1; null where the contract gives nothing to measure. */
export type Quality = {
  /** non-missing cells / cells */
  completeness: number
  /** distinct keys / rows */
  uniqueness: number | null
  /** cells that meet the contract / non-missing cells */
  validity: number
  /** rows that meet the rules between columns / rows */
  consistency: number | null
  /** rows no older than the freshness limit / rows */
  timeliness: number | null
}

/** Quality of a source as it came, from what validation counted. */
export function qualityOf(counts: ValidationCounts): Quality {
  const rows = Math.max(1, counts.nRows)
  return {
    completeness: counts.nPresentCells / Math.max(1, counts.nCells),
    uniqueness: counts.nDistinctKeys === null ? null : counts.nDistinctKeys / rows,
    validity: 1 - counts.nInvalidCells / Math.max(1, counts.nPresentCells),
    consistency: counts.nInconsistentRows === null ? null : 1 - counts.nInconsistentRows / rows,
    timeliness: counts.nFreshRows === null ? null : counts.nFreshRows / rows,
  }
}

export function measureQuality(data: DataColumns, contract: Contract, validation: Validation): Quality {
  const { nRows } = data
  const columns = data.columns.filter((column) => contract.columns.some(({ name }) => name === column.name))
  let nPresent = 0
  for (const column of columns) for (let row = 0; row < nRows; row++) if (!isMissing(column, row)) nPresent++
  const key = contract.columns.find((column) => column.unique)
  const keyColumn = columns.find((column) => column.name === key?.name)
  return {
    completeness: nPresent / Math.max(1, nRows * columns.length),
    uniqueness: keyColumn ? new Set<unknown>(keyColumn.values).size / nRows : null,
    validity: 1 - validation.nInvalidCells / Math.max(1, nPresent),
    consistency: contract.rules.length > 0 ? 1 - validation.nInconsistentRows / nRows : null,
    timeliness: null,
  }
}
