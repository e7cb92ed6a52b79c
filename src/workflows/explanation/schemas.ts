import { Type, type Static, type TSchema } from 'typebox'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** null where it could not be computed: JSON has no NaN. */
const Figure = Nullable(Type.Number())

const Unit = Type.Enum(['logOdds', 'probability', 'target', 'logTarget', 'softmaxScore'], {
  description: 'of the base value, the contributions and the raw score',
})
const Kind = Type.Enum(['number', 'category'])
const DateFormat = Type.Optional(Type.Enum(['date'], { description: 'numbers are days since 1970-01-01 UTC' }))

/** Mean score of the model where one feature is set to a value in every sampled row (PDP), and the rows' own curves (ICE). */
export const PartialDependence = Type.Object({
  feature: Type.String(),
  kind: Kind,
  format: DateFormat,
  grid: Type.Array(Type.Union([Type.Number(), Type.String()]), {
    description: 'numbers ascending, or levels most frequent first; a date is its days since 1970',
  }),
  mean: Type.Array(Type.Number(), { description: 'score at each grid point, mean over the sampled rows' }),
  ice: Type.Array(Type.Array(Type.Number()), { description: 'a curve for each of some sampled rows' }),
  share: Type.Array(Type.Number(), { description: 'share of all rows at or nearest to each grid point' }),
  missing: Type.Optional(
    Type.Object(
      { mean: Type.Number(), ice: Type.Array(Type.Number()), share: Type.Number() },
      { description: 'the same with the feature missing; absent where it never is' },
    ),
  ),
})
export type PartialDependence = Static<typeof PartialDependence>

const FeatureContributions = Type.Object({
  name: Type.String(),
  kind: Kind,
  format: DateFormat,
  meanAbs: Type.Number({ description: 'mean |contribution| over the rows' }),
  lower: Type.Number({ description: 'of its 95 % interval over the rows' }),
  upper: Type.Number(),
  values: Type.Array(Nullable(Type.Union([Type.Number(), Type.String()])), {
    description: 'of the sampled rows, the same for every feature; null is missing, a date is its days since 1970',
  }),
  contributions: Type.Array(Type.Number(), { description: 'of the same rows' }),
})

export const GlobalExplanation = Type.Object({
  model: Type.String(),
  version: Type.String(),
  unit: Unit,
  baseValue: Type.Number({ description: 'base value + the contributions of a row = its raw score' }),
  nRows: Type.Integer({ description: 'rows of the hold-out that were explained' }),
  method: Type.Enum(['tree-path-dependent', 'tree-interventional', 'linear']),
  features: Type.Array(FeatureContributions, { description: 'most important first' }),
  dependence: Type.Array(PartialDependence, {
    description: 'of the most important features, in score (probability)',
  }),
  importance: Type.Array(Type.Object({ feature: Type.String(), mean: Figure, lower: Figure, upper: Figure }), {
    description: 'permutation importance: how much the metric falls without the feature',
  }),
})
export type GlobalExplanation = Static<typeof GlobalExplanation>

export const PredictionExplanation = Type.Object({
  predictionId: Type.String(),
  erased: Type.Literal(false),
  model: Type.String(),
  version: Type.String(),
  unit: Unit,
  baseValue: Type.Number(),
  raw: Type.Number({ description: 'base value + the sum of the contributions, before calibration' }),
  score: Type.Number({ minimum: 0, maximum: 1, description: 'what was answered' }),
  contributions: Type.Array(
    Type.Object({
      feature: Type.String(),
      value: Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()], {
        description: 'as it was sent; null is missing',
      }),
      contribution: Type.Number(),
    }),
    { description: 'largest |contribution| first' },
  ),
})
export type PredictionExplanation = Static<typeof PredictionExplanation>

/** The subject was erased and the input with it: nothing is left to explain from. */
const ErasedExplanation = Type.Object({
  predictionId: Type.String(),
  erased: Type.Literal(true),
  model: Type.String(),
  version: Type.String(),
  score: Type.Number({ minimum: 0, maximum: 1, description: 'what was answered' }),
})

export const PredictionExplanationAnswer = Type.Union([PredictionExplanation, ErasedExplanation])
export type PredictionExplanationAnswer = Static<typeof PredictionExplanationAnswer>

export const ExplanationsBody = Type.Object(
  {
    prediction_ids: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description: 'logged predictions that the version made',
    }),
  },
  { additionalProperties: false },
)
export const ExplanationsAnswer = Type.Object({
  items: Type.Array(PredictionExplanationAnswer, { description: 'in the order of the ids' }),
})
