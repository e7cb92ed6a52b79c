/** What can be wrong with data under a contract; docs/contracts.md tells each in words. */
export const violationCodes = [
  'COLUMN_MISSING',
  'COLUMN_RENAMED',
  'COLUMN_UNEXPECTED',
  'TYPE_CHANGED',
  'TYPE_MISMATCH',
  'CATEGORY_NEW',
  'RANGE_BREACH',
  'NULL_NOT_ALLOWED',
  'KEY_DUPLICATE',
  'PATTERN_MISMATCH',
  'RULE_BROKEN',
  'ROW_STALE',
] as const
export type ViolationCode = (typeof violationCodes)[number]

export type Violation = {
  code: ViolationCode
  column?: string
  /** the rule that is broken: `not null`, `integer`, `0 to 120`, the pattern, the name of a table rule */
  rule: string
  /** rows */
  count: number
  /** of all rows */
  share: number
  /** the first ten; `row` of the source, from 0; the value is null where it is missing and where the column holds personal data */
  examples: { row: number; value: string | null }[]
  message: string
}

/** Why a row is in quarantine. */
export type QuarantineReason = { code: ViolationCode; column: string | null; message: string }

/** A line of the quarantine: `values` are all columns of the source as they came. */
export type QuarantinedRow = { row: number; reasons: QuarantineReason[]; values: Record<string, string | null> }

/** What quality is measured by. Cells are those of the contract's columns that the source has. */
export type ValidationCounts = {
  nRows: number
  nValid: number
  nQuarantined: number
  nCells: number
  nPresentCells: number
  /** present cells that break a rule of their column, each counted once */
  nInvalidCells: number
  /** rows that break a rule between columns, each counted once; null without such rules */
  nInconsistentRows: number | null
  /** distinct values of the first unique column; null without one */
  nDistinctKeys: number | null
  /** rows no older than the freshness limit; null without one */
  nFreshRows: number | null
}
