/** What a picture needs to know of a binary model's scores on rows whose truth is known. */
export type Curves = {
  nPositive: number
  nNegative: number
  roc: { falsePositiveRate: number[]; truePositiveRate: number[]; threshold: number[] }
  pr: { recall: number[]; precision: number[]; threshold: number[] }
  calibration: {
    bins: { meanScore: number; observedRate: number; n: number; lower: number; upper: number }[]
    expectedCalibrationError: number
  }
  lift: { shareOfRows: number[]; shareOfPositives: number[]; lift: number[] }
  thresholds: {
    threshold: number
    truePositives: number
    falsePositives: number
    falseNegatives: number
    trueNegatives: number
  }[]
}

/** A curve's first or last threshold may be infinite, which JSON writes as null. */
export const thresholdOf = (threshold: number | null | undefined) => threshold ?? Number.POSITIVE_INFINITY

/** The point of a curve that decides as a threshold does: of those at or above it the lowest, in whatever order they come. */
export const pointAt = <Point extends { threshold: number }>(points: Point[], threshold: number): Point | undefined =>
  points
    .filter((point) => point.threshold >= threshold && Number.isFinite(point.threshold))
    .reduce<Point | undefined>(
      (best, point) => (best === undefined || point.threshold < best.threshold ? point : best),
      undefined,
    )

/** Why there is no curve: one needs rows of both classes. */
export function missingClass({ nPositive, nNegative }: Pick<Curves, 'nPositive' | 'nNegative'>): string | undefined {
  if (nPositive > 0 && nNegative > 0) return undefined
  if (nPositive === 0 && nNegative === 0)
    return 'There are no rows with a known truth, so there is nothing to measure on.'
  return `There is no ${nPositive === 0 ? 'positive' : 'negative'} row, and a curve needs rows of both classes.`
}
