import { Type } from 'typebox'

const Figure = Type.Union([Type.Number(), Type.Null()])
const Series = (description: string) => Type.Array(Figure, { description })

/** What is drawn of a version's scores on the hold-out: the curves of `learn`, as JSON. */
export const Curves = Type.Object({
  nPositive: Type.Integer(),
  nNegative: Type.Integer(),
  roc: Type.Object({
    falsePositiveRate: Series('ascending'),
    truePositiveRate: Series('share of the positives that are flagged'),
    threshold: Series('falling; the first is above every score'),
  }),
  pr: Type.Object({
    recall: Series('ascending'),
    precision: Series('share of the flagged that are positive'),
    threshold: Series('falling'),
  }),
  calibration: Type.Object({
    bins: Type.Array(
      Type.Object({
        meanScore: Figure,
        observedRate: Figure,
        n: Type.Integer(),
        lower: Type.Number({ description: 'of the 95 % interval of the observed rate' }),
        upper: Type.Number(),
      }),
      { description: 'of about equally many rows' },
    ),
    expectedCalibrationError: Figure,
  }),
  lift: Type.Object({
    shareOfRows: Series('best-scored share of the rows'),
    shareOfPositives: Series('share of the positives among them (gain)'),
    lift: Series('how many times more than by chance'),
  }),
  thresholds: Type.Array(
    Type.Object({
      threshold: Type.Number(),
      truePositives: Type.Integer(),
      falsePositives: Type.Integer(),
      falseNegatives: Type.Integer(),
      trueNegatives: Type.Integer(),
    }),
  ),
})
