const MAX_BINS = 30
const WANTED_BINS = 20
const READABLE = [1, 2, 2.5, 5, 10]

/** Inner edges of a histogram: ascending multiples of a readable step, with one bin below the first and one above the last. */
export type HistogramEdges = { first: number; step: number; nBins: number }

/**
 * Edges over the middle 98 % of the values, about twenty bins of a width such as 0.25, 1 or 500; what lies outside falls into the
 * first and last bin, so one huge amount does not put all others into a single bin. Whole numbers get bins of whole width.
 */
export function histogramEdges(q01: number, q99: number, isWhole: boolean): HistogramEdges {
  const span = q99 - q01
  if (!(span > 0) || !Number.isFinite(span)) return { first: q01, step: 0, nBins: 1 }
  let step = readableStep(span / WANTED_BINS)
  if (isWhole) step = Math.max(1, Math.ceil(step))
  const first = Math.floor(q01 / step) * step
  const nBins = Math.min(MAX_BINS, Math.floor((q99 - first) / step) + 1)
  return { first, step, nBins }
}

function readableStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast))
  return READABLE.find((factor) => factor * power >= atLeast)! * power
}

/** The edge between two bins, without the noise of 0.1 + 0.2. */
export function edgeAt({ first, step }: HistogramEdges, bin: number): number {
  return Number((first + bin * step).toPrecision(12))
}
