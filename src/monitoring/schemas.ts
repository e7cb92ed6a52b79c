import { Type, type Static, type TSchema } from 'typebox'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })
const Share = Type.Number({ minimum: 0, maximum: 1 })

export const FeatureDrift = Type.Object({
  name: Type.String(),
  kind: Type.Enum(['number', 'category', 'score']),
  psi: Type.Number({ description: 'population stability index' }),
  psiStatus: Type.Enum(['none', 'minor', 'major']),
  test: Type.Enum(['ks', 'chi-square']),
  statistic: Type.Number(),
  pValue: Type.Number(),
  pAdjusted: Type.Number({ description: 'for many features, by Benjamini-Hochberg' }),
  importance: Type.Number({ description: '0 to 1: the most important feature and the score have 1' }),
  drifted: Type.Boolean({ description: 'both significant and of a size' }),
  bins: Type.Array(Type.Object({ label: Type.String(), reference: Share, current: Share }), {
    description: 'shares of the rows',
  }),
})

export const DriftReport = Type.Object({
  model: Type.String(),
  version: Type.String(),
  status: Type.Enum(['none', 'watch', 'retrain', 'critical', 'insufficient-data']),
  driftScore: Nullable(Type.Number({ description: 'largest importance-weighted PSI; null with too few rows' })),
  nReference: Type.Integer(),
  nCurrent: Type.Integer(),
  minimumRows: Type.Integer({ description: 'rows below which nothing is judged' }),
  since: Time,
  until: Time,
  shareDrifted: Type.Number({ minimum: 0, maximum: 1, description: 'share of the features that drifted' }),
  features: Type.Array(FeatureDrift, { description: 'most drifted first' }),
  score: Nullable(FeatureDrift),
})
export type DriftReport = Static<typeof DriftReport>

export const DriftQuery = Type.Object(
  {
    version: Type.Optional(Type.String({ description: 'the champion when left out' })),
    since: Type.Optional(Time),
    until: Type.Optional(Time),
  },
  { additionalProperties: false },
)
