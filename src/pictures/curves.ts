/** A number, or null where it could not be had: JSON has neither NaN nor infinity. */
type Figure = number | null

/** What a picture needs to know of a binary model's scores on rows whose truth is known. */
export type Curves = {
  nPositive: number
  nNegative: number
  roc: { falsePositiveRate: Figure[]; truePositiveRate: Figure[]; threshold: Figure[] }
  pr: { recall: Figure[]; precision: Figure[]; threshold: Figure[] }
  calibration: {
    bins: { meanScore: Figure; observedRate: Figure; n: number; lower: number; upper: number }[]
    expectedCalibrationError: Figure
  }
  lift: { shareOfRows: Figure[]; shareOfPositives: Figure[]; lift: Figure[] }
  thresholds: {
    threshold: number
    truePositives: number
    falsePositives: number
    falseNegatives: number
    trueNegatives: number
  }[]
}

/** The figures of a curve side by side, as points; one that lacks a figure cannot be drawn and is left out. */
export function pointsOf<Name extends string>(series: Record<Name, Figure[]>): Record<Name, number>[] {
  const names = Object.keys(series) as Name[]
  const nPoints = Math.min(...names.map((name) => series[name].length))
  return Array.from(
    { length: nPoints },
    (_, i) => Object.fromEntries(names.map((name) => [name, series[name][i]])) as Record<Name, number>,
  ).filter((point) => names.every((name) => Number.isFinite(point[name])))
}

/** The thresholds of a curve. One above every score may be infinite, which JSON writes as null; no figure can stand for it. */
export const thresholdsOf = (thresholds: Figure[]) =>
  thresholds.map((threshold) => (threshold === null || !Number.isFinite(threshold) ? ABOVE_ALL : threshold))

const ABOVE_ALL = 2

/** The point of a curve that decides as a threshold does: of those at or above it the lowest, in whatever order they come. */
export const pointAt = <Point extends { threshold: number }>(points: Point[], threshold: number): Point | undefined =>
  points
    .filter((point) => point.threshold >= threshold && point.threshold !== ABOVE_ALL)
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
