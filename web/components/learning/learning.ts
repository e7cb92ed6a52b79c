import type { MeasuredSeries } from '../../api/measured-series.ts'
import type { Series } from '../../api/types.ts'

/** A metric over trees or iterations: the folds as lines, on rows learned from and on rows that were not. */
export type Curve = {
  metric: string
  over: string
  /** the step it goes to, where that is known */
  lastStep?: number
  points: { step: number; value: number; set: Series['on']; fold?: number }[]
}

/** What the training of one algorithm has told so far. */
export type Learning = {
  algorithm: string
  /** how many folds there will be; 0 before the first is done */
  nFolds: number
  /** AUC of the folds that are done */
  scores: { fold: number; value: number }[]
  curves: Curve[]
}

const SCORE = 'rocAuc'

/** What was measured, by algorithm, in the order in which they were first heard of. */
export function learningOf(series: MeasuredSeries[]): Learning[] {
  const algorithms = [...new Set(series.map(({ subject }) => subject))]
  return algorithms.map((algorithm) => {
    const own = series.filter(({ subject }) => subject === algorithm)
    const folds = own.find(({ over, metric }) => over === 'fold' && metric === SCORE)
    return {
      algorithm,
      nFolds: folds?.last ?? folds?.points.length ?? 0,
      scores: (folds?.points ?? []).map(({ x, y }) => ({ fold: x, value: y })),
      curves: curvesOf(own.filter(({ over }) => over !== 'fold')),
    }
  })
}

function curvesOf(series: MeasuredSeries[]): Curve[] {
  const curves = new Map<string, Curve>()
  for (const { metric, over, on, fold, last, points } of series) {
    const key = `${metric} ${over}`
    const curve = curves.get(key) ?? { metric, over, points: [] }
    curves.set(key, curve)
    if (last !== undefined) curve.lastStep = Math.max(last, curve.lastStep ?? 0)
    for (const { x, y } of points)
      curve.points.push({ step: x, value: y, set: on, ...(fold !== undefined && { fold }) })
  }
  return [...curves.values()]
}

/** Those of the branches in their order, told of or not, then any other that was told of. A branch is named `train:ALGORITHM`. */
export function withUntold(told: Learning[], branches: { name: string }[]): Learning[] {
  const wanted = branches.map(({ name }) => name.slice(name.indexOf(':') + 1))
  const known = wanted.map(
    (algorithm) =>
      told.find((learning) => learning.algorithm === algorithm) ?? { algorithm, nFolds: 0, scores: [], curves: [] },
  )
  return [...known, ...told.filter(({ algorithm }) => !wanted.includes(algorithm))]
}

/** How far an algorithm is, in words: `3 of 5 folds, mean AUC 0.871`. */
export function foldWords({ scores, nFolds }: Learning): string {
  if (scores.length === 0) return 'no fold is done yet'
  const mean = scores.reduce((sum, { value }) => sum + value, 0) / scores.length
  return `${scores.length} of ${nFolds} folds, mean AUC ${mean.toFixed(3)}`
}
