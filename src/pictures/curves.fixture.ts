import type { Curves } from './curves.ts'
import type { Decision } from './decision.ts'

type Row = { score: number; isPositive: boolean }

/** Rows of two overlapping classes, the same each time: positives score higher. */
export function scoredRows(nPositive: number, nNegative: number): Row[] {
  const spread = (n: number, isPositive: boolean) =>
    Array.from({ length: n }, (_, i): Row => {
      const place = (i + 0.5) / n
      return { score: isPositive ? place ** 0.45 : place ** 2.2, isPositive }
    })
  return [...spread(nPositive, true), ...spread(nNegative, false)]
}

const decisionAt = (rows: Row[], threshold: number): Decision => {
  const count = (isDecided: boolean, isPositive: boolean) =>
    rows.filter((row) => row.score >= threshold === isDecided && row.isPositive === isPositive).length
  return {
    threshold,
    truePositives: count(true, true),
    falsePositives: count(true, false),
    falseNegatives: count(false, true),
    trueNegatives: count(false, false),
  }
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)

/** The curves of rows, counted afresh at each threshold: slow and plain to see. */
export function curvesOf(rows: Row[]): Curves {
  const nPositive = rows.filter((row) => row.isPositive).length
  const nNegative = rows.length - nPositive
  const scores = [...new Set(rows.map((row) => row.score))].toSorted((a, b) => b - a)
  const falling = [Number.POSITIVE_INFINITY, ...scores].map((threshold) => decisionAt(rows, threshold))
  const ranked = rows.toSorted((a, b) => b.score - a.score)
  const shares = Array.from({ length: 21 }, (_, i) => i / 20)
  const found = shares.map((at) => {
    const looked = ranked.slice(0, Math.round(at * rows.length))
    return share(looked.filter((row) => row.isPositive).length, nPositive)
  })
  return {
    nPositive,
    nNegative,
    roc: {
      falsePositiveRate: falling.map((at) => share(at.falsePositives, nNegative)),
      truePositiveRate: falling.map((at) => share(at.truePositives, nPositive)),
      threshold: falling.map((at) => at.threshold),
    },
    pr: {
      recall: falling.map((at) => share(at.truePositives, nPositive)),
      precision: falling.map((at) =>
        at.truePositives + at.falsePositives === 0 ? 1 : at.truePositives / (at.truePositives + at.falsePositives),
      ),
      threshold: falling.map((at) => at.threshold),
    },
    calibration: calibrationOf(ranked.toReversed()),
    lift: {
      shareOfRows: shares,
      shareOfPositives: found,
      lift: shares.map((at, i) => (at === 0 ? 1 : found[i] / at)),
    },
    thresholds: Array.from({ length: 101 }, (_, i) => decisionAt(rows, i / 100)),
  }
}

function calibrationOf(rising: Row[], nBins = 10): Curves['calibration'] {
  const bins = Array.from({ length: nBins }, (_, i) =>
    rising.slice(Math.round((i * rising.length) / nBins), Math.round(((i + 1) * rising.length) / nBins)),
  )
    .filter((rows) => rows.length > 0)
    .map((rows) => {
      const observedRate = rows.filter((row) => row.isPositive).length / rows.length
      const half = 1.96 * Math.sqrt((observedRate * (1 - observedRate)) / rows.length)
      return {
        meanScore: rows.reduce((sum, row) => sum + row.score, 0) / rows.length,
        observedRate,
        n: rows.length,
        lower: Math.max(observedRate - half, 0),
        upper: Math.min(observedRate + half, 1),
      }
    })
  const gap = bins.reduce((sum, bin) => sum + Math.abs(bin.meanScore - bin.observedRate) * bin.n, 0)
  return { bins, expectedCalibrationError: share(gap, rising.length) }
}
