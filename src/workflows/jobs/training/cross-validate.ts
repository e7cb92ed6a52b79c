import { binaryMetrics, takeRows, type AlgorithmName, type Split } from '../../../learn/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import type { TrainJobInput } from '../train.ts'
import { fit, pick } from './fit.ts'

export type FoldScores = { mean: number; standardDeviation: number; folds: number[] }

/** Metrics that each fold is scored with. */
const cvMetrics = ['rocAuc', 'prAuc', 'logLoss'] as const
type CvMetric = (typeof cvMetrics)[number]

/** How one algorithm did over the folds. */
export type AlgorithmScores = {
  algorithm: AlgorithmName
  parameters: Record<string, unknown>
  cv: Record<CvMetric, FoldScores>
  durationMs: number
}

/** Truth and score of every row that was tested, by a model that had not seen it. */
export type OutOfFold = { y: Uint8Array; score: Float64Array }

/** Fits an algorithm once for each fold and tests it there. */
export async function crossValidate(
  input: TrainJobInput,
  set: SplitSet,
  { folds, algorithm, context }: { folds: Split[]; algorithm: AlgorithmName; context: JobContext },
): Promise<{ scores: AlgorithmScores; outOfFold: OutOfFold }> {
  const startedAt = performance.now()
  const tested: OutOfFold[] = []
  const byMetric: Record<CvMetric, number[]> = { rocAuc: [], prAuc: [], logLoss: [] }
  for (const [k, { train, test }] of folds.entries()) {
    const text = `fold ${k + 1} of ${folds.length}`
    const model = await fit(input, set, { algorithm, rows: train, context, text })
    const fold = { y: pick(set.y, test), score: model.predict(takeRows(set.table, test)) }
    tested.push(fold)
    for (const name of cvMetrics) {
      const value = binaryMetrics[name].fn(fold.y, fold.score)
      byMetric[name].push(value)
      const series = { subject: algorithm, metric: name, over: 'fold', on: 'validation', last: folds.length } as const
      context.measure(series, k + 1, value)
    }
    context.log('info', `${algorithm}, ${text}: ROC-AUC ${byMetric.rocAuc[k].toFixed(4)}`)
  }
  const { nThreads: _, ...parameters } = trainingOptions(input.project.training, algorithm, 1)
  const cv = {
    rocAuc: summary(byMetric.rocAuc),
    prAuc: summary(byMetric.prAuc),
    logLoss: summary(byMetric.logLoss),
  }
  const durationMs = Math.round(performance.now() - startedAt)
  return { scores: { algorithm, parameters, cv, durationMs }, outOfFold: joined(tested) }
}

/** Best first, by the mean of a metric over the folds; of equals, the one listed first. */
export function rank<Scored extends { scores: AlgorithmScores }>(candidates: Scored[], by: CvMetric): Scored[] {
  const sign = by === 'logLoss' ? 1 : -1
  return candidates.toSorted((a, b) => sign * (a.scores.cv[by].mean - b.scores.cv[by].mean))
}

function joined(tested: OutOfFold[]): OutOfFold {
  const n = tested.reduce((sum, { y }) => sum + y.length, 0)
  const all = { y: new Uint8Array(n), score: new Float64Array(n) }
  let at = 0
  for (const { y, score } of tested) {
    all.y.set(y, at)
    all.score.set(score, at)
    at += y.length
  }
  return all
}

function summary(folds: number[]): FoldScores {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length
  const variance = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, folds.length - 1)
  return { mean, standardDeviation: Math.sqrt(variance), folds }
}
