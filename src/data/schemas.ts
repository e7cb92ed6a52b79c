import { Type, type Static } from 'typebox'
import { Contract } from './contract/contract.ts'
import { SplitMethod } from './splits/split-method.ts'

const Share = Type.Number({ minimum: 0, maximum: 1 })
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })

export const DatasetVersion = Type.Object({
  id: Type.String({ description: 'SHA-256 of the content' }),
  name: Type.String(),
  nRows: Type.Integer(),
  nColumns: Type.Integer(),
  contractVersion: Type.Integer(),
  source: Type.String(),
  artifact: Type.String({ description: 'SHA-256 of the Parquet file' }),
  quality: Type.Object({
    completeness: Share,
    uniqueness: orNull(Share),
    validity: Share,
    consistency: orNull(Share),
    timeliness: orNull(Share),
  }),
  nQuarantined: Type.Integer(),
  parent: Type.Optional(orNull(Type.String({ description: 'the version that this one was made of' }))),
  createdAt: Time,
})
export type DatasetVersion = Static<typeof DatasetVersion>

export const QuarantinedRow = Type.Object({
  row: Type.Integer({ description: 'row of the source, from 0' }),
  reasons: Type.Array(Type.Object({ code: Type.String(), column: orNull(Type.String()), message: Type.String() })),
  values: Type.Record(Type.String(), orNull(Type.String())),
})

export const Violation = Type.Object({
  code: Type.String(),
  column: Type.Optional(Type.String()),
  rule: Type.String(),
  count: Type.Integer({ description: 'rows' }),
  share: Type.Number({ description: 'of all rows' }),
  examples: Type.Array(Type.Object({ row: Type.Integer(), value: orNull(Type.String()) })),
  message: Type.String(),
})

export const DatasetWarning = Type.Object({
  code: Type.String(),
  column: Type.Optional(Type.String()),
  message: Type.String(),
})

const Figure = orNull(Type.Union([Type.Number(), Type.String()]))
export const DatasetProfile = Type.Object({
  nRows: Type.Integer(),
  columns: Type.Array(
    Type.Object({
      name: Type.String(),
      type: Type.String(),
      nRows: Type.Integer(),
      nMissing: Type.Integer(),
      nDistinct: Type.Integer(),
      isDistinctExact: Type.Boolean(),
      min: Figure,
      max: Figure,
      mean: orNull(Type.Number()),
      standardDeviation: orNull(Type.Number()),
      quantiles: Type.Array(Type.Object({ p: Type.Number(), value: Type.Number() })),
      areQuantilesExact: Type.Boolean(),
      histogram: Type.Array(Type.Object({ from: Type.Number(), to: Type.Number(), n: Type.Integer() })),
      period: Type.Optional(Type.String()),
      topValues: Type.Array(Type.Object({ value: Type.String(), n: Type.Integer() })),
    }),
  ),
})

export const Lineage = Type.Object({
  source: orNull(
    Type.Object({
      kind: Type.String(),
      location: Type.String(),
      sizeBytes: orNull(Type.Integer()),
      sha256: orNull(Type.String()),
      query: Type.Optional(Type.String()),
    }),
  ),
  parent: orNull(Type.String()),
  contractVersion: Type.Integer(),
  models: Type.Array(Type.Object({ model: Type.String(), version: Type.String() })),
})
export type Lineage = Static<typeof Lineage>

export const DatasetDiff = Type.Object({
  columns: Type.Object({
    added: Type.Array(Type.String()),
    removed: Type.Array(Type.String()),
    changed: Type.Array(Type.Object({ name: Type.String(), from: Type.String(), to: Type.String() })),
  }),
  rows: Type.Object({
    added: Type.Integer(),
    removed: Type.Integer(),
    changed: orNull(Type.Integer({ description: 'of one key and other content; null without a key' })),
  }),
  distributions: Type.Array(
    Type.Object({
      name: Type.String(),
      psi: Type.Number(),
      bins: Type.Array(Type.Object({ label: Type.String(), reference: Share, current: Share })),
    }),
  ),
})
export type DatasetDiff = Static<typeof DatasetDiff>

export const DatasetSplit = Type.Object({
  name: Type.String(),
  method: SplitMethod,
  artifact: Type.String(),
  counts: Type.Array(Type.Integer()),
  createdAt: Time,
})

export const SplitRequest = Type.Object(
  { name: Type.String({ pattern: '^[a-zA-Z0-9_-]{1,50}$' }), method: SplitMethod },
  { additionalProperties: false },
)
export type SplitRequest = Static<typeof SplitRequest>

export const ContractSummary = Type.Object({ name: Type.String(), version: Type.Integer(), createdAt: Time })
export const ContractVersion = Type.Object({
  name: Type.String(),
  version: Type.Integer(),
  yaml: Type.String(),
  contract: Contract,
  createdAt: Time,
})
export const ContractFault = Type.Object({
  line: orNull(Type.Integer()),
  key: Type.String(),
  message: Type.String(),
})

const MAX_CORRECTIONS = 10_000
export const Corrections = Type.Object(
  {
    corrections: Type.Array(
      Type.Object(
        {
          row: Type.Integer({ minimum: 0, description: 'of the source, from 0' }),
          values: Type.Record(Type.String(), orNull(Type.String()), { minProperties: 1 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: MAX_CORRECTIONS },
    ),
    discards: Type.Array(Type.Integer({ minimum: 0 }), { maxItems: MAX_CORRECTIONS }),
  },
  { additionalProperties: false },
)
export type Corrections = Static<typeof Corrections>
