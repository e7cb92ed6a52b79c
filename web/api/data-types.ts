/** Shapes of data sets, sources and contracts. Where the room declares a schema, its static type is the one source. */
import type { DatasetVersion } from '../../src/data/schemas.ts'

export type { DatasetVersion }

/** Where data is read from; credentials never stand in it. */
export type SourceSpec =
  | { kind: 'csv' | 'parquet' | 'jsonl'; path: string }
  | { kind: 'postgres'; urlEnv: string; query: string }
  | { kind: 'http'; url: string; headersEnv?: Record<string, string>; items?: string }

export type SourceTest = { columns: { name: string; type: string }[]; rows: unknown[][] }

export type ImportRequest = { name: string; target?: string } & ({ source: SourceSpec } | { uploadId: string })

export type DatasetWarning = { code: string; column?: string; message: string }

export type Violation = {
  code: string
  column?: string
  rule: string
  /** rows */
  count: number
  share: number
  examples: { row: number; value: string | null }[]
  message: string
}

export type QuarantinedRow = {
  /** of the source, from 0 */
  row: number
  reasons: { code: string; column: string | null; message: string }[]
  values: Record<string, string | null>
}

export type ColumnProfile = {
  name: string
  type: string
  nRows: number
  nMissing: number
  nDistinct: number
  isDistinctExact: boolean
  min: number | string | null
  max: number | string | null
  mean: number | null
  standardDeviation: number | null
  quantiles: { p: number; value: number }[]
  areQuantilesExact: boolean
  /** of dates in days since 1970-01-01; periods without rows are left out */
  histogram: { from: number; to: number; n: number }[]
  topValues: { value: string; n: number }[]
}

export type Profile = { nRows: number; columns: ColumnProfile[] }

export type ContractColumn = {
  name: string
  type: string
  nullable: boolean
  role: string
  min?: number
  max?: number
  values?: string[]
  missing?: string[]
  positive?: string
  protected?: boolean
  decisionTime?: boolean
  pii?: string
  policy?: string
  confidence?: number
  unit?: string
  description?: string
}

export type ContractVersion = {
  name: string
  version: number
  yaml: string
  contract: { columns: ContractColumn[] }
}

export type ContractFault = { line: number | null; key: string; message: string }

export type DatasetDiff = {
  columns: { added: string[]; removed: string[]; changed: { name: string; from: string; to: string }[] }
  rows: { added: number; removed: number; changed: number | null }
  distributions: {
    name: string
    psi: number
    bins: { label: string; reference: number; current: number }[]
  }[]
}

export type Lineage = {
  source: { kind: string; location: string; sizeBytes: number | null; sha256: string | null; query?: string } | null
  parent: string | null
  contractVersion: number
  models: { model: string; version: string }[]
}

export type Corrections = { corrections: { row: number; values: Record<string, string | null> }[]; discards: number[] }
