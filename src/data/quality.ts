import type { ValidationCounts } from './validation/violation.ts'

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
