import { Type, type Static } from 'typebox'

const Share = Type.Number({ minimum: 0, maximum: 1 })
const ShareOrNull = Type.Union([Share, Type.Null()])

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
    uniqueness: ShareOrNull,
    validity: Share,
    consistency: ShareOrNull,
    timeliness: ShareOrNull,
  }),
  nQuarantined: Type.Integer(),
  createdAt: Type.String({ format: 'date-time' }),
})
export type DatasetVersion = Static<typeof DatasetVersion>

export const QuarantinedRow = Type.Object({
  row: Type.Integer({ description: 'row of the source, from 0' }),
  reasons: Type.Array(Type.String()),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
})
