/** Shapes of data sets, sources and contracts. Where the room declares a schema, its static type is the one source. */
import type { Static } from 'typebox'
import type * as schemas from '../../src/data/schemas.ts'

export type { AnonymityReport, AnonymityRequest } from '../../src/workflows/schemas.ts'

export type DatasetVersion = schemas.DatasetVersion
export type DatasetWarning = Static<typeof schemas.DatasetWarning>
export type Violation = Static<typeof schemas.Violation>
/** `row` is that of the source, from 0 */
export type QuarantinedRow = Static<typeof schemas.QuarantinedRow>
export type Profile = Static<typeof schemas.DatasetProfile>
/** A histogram of dates is in days since 1970-01-01; periods without rows are left out. */
export type ColumnProfile = Profile['columns'][number]
export type ContractVersion = Static<typeof schemas.ContractVersion>
export type ContractColumn = ContractVersion['contract']['columns'][number]
export type ContractFault = Static<typeof schemas.ContractFault>
export type DatasetDiff = schemas.DatasetDiff
export type Lineage = schemas.Lineage
export type Corrections = schemas.Corrections

/** Where data is read from; credentials never stand in it. */
export type SourceSpec =
  | { kind: 'csv' | 'parquet' | 'jsonl'; path: string }
  | { kind: 'postgres'; urlEnv: string; query: string }
  | { kind: 'http'; url: string; headersEnv?: Record<string, string>; items?: string }

/** What a look at a source found: what it holds, or why it cannot be read. */
export type SourceTest =
  | {
      isReadable: true
      columns: { name: string; type: string }[]
      rows: (string | number | boolean | null)[][]
      warnings: DatasetWarning[]
    }
  | { isReadable: false; code: string; message: string }

export type ImportRequest = { name: string; contract?: string; inferContract?: true } & (
  { source: SourceSpec } | { uploadId: string }
)
