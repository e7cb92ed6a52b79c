import { binaryMetrics, lossByTrees, takeRows, type AlgorithmName, type Split } from '../../../learn/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import { fit, OVER_TREES, pick, type FitSettings } from './fit.ts'
import { joinFolds, type OutOfFold } from './out-of-fold.ts'
import { SharedBins } from './shared-bins.ts'

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

/**
 * Fits an algorithm once for each fold and tests it there. The folds share the bins of the training rows, which are made once for
 * all of them.
 */
export async function crossValidate(
  given: FitSettings,
  set: SplitSet,
  { folds, algorithm, context }: { folds: Split[]; algorithm: AlgorithmName; context: JobContext },
): Promise<{ scores: AlgorithmScores; outOfFold: OutOfFold }> {
  const startedAt = performance.now()
  const settings = { baseBytes: process.memoryUsage.rss(), ...given }
  const shared = new SharedBins(settings, set)
  const tested: OutOfFold[] = []
  const byMetric: Record<CvMetric, number[]> = { rocAuc: [], prAuc: [], logLoss: [] }
  for (const [k, { train, test }] of folds.entries()) {
    const place = { fold: k + 1, nFolds: folds.length }
    const model = await fit(settings, set, {
      algorithm,
      rows: train,
      context: ofFold(context, place),
      text: `fold ${place.fold} of ${place.nFolds}`,
      curve: { fold: place.fold },
      shared,
    })
    const unseen = { table: takeRows(set.table, test), y: pick(set.y, test) }
    const fold = { y: unseen.y, score: model.predict(unseen.table) }
    tested.push(fold)
    for (const { nTrees, loss } of lossByTrees(model, unseen))
      context.measure(unseenCurve(algorithm, place.fold), nTrees, loss)
    for (const name of cvMetrics) {
      const value = binaryMetrics[name].fn(fold.y, fold.score)
      byMetric[name].push(value)
      const series = { subject: algorithm, metric: name, over: 'fold', on: 'validation', last: folds.length } as const
      context.measure(series, place.fold, value)
    }
    const auc = byMetric.rocAuc[k].toFixed(4)
    context.log('info', `${algorithm}, fold ${place.fold} of ${place.nFolds}: ROC-AUC ${auc}`)
  }
  const { nThreads: _, ...parameters } = trainingOptions(settings.project.training, algorithm, 1)
  const cv = {
    rocAuc: summary(byMetric.rocAuc),
    prAuc: summary(byMetric.prAuc),
    logLoss: summary(byMetric.logLoss),
  }
  const durationMs = Math.round(performance.now() - startedAt)
  return { scores: { algorithm, parameters, cv, durationMs }, outOfFold: joinFolds(tested) }
}

/** The loss on the rows that a fold leaves out, by the number of trees. */
const unseenCurve = (algorithm: AlgorithmName, fold: number) =>
  ({ subject: algorithm, metric: 'logLoss', over: OVER_TREES, on: 'validation', fold }) as const

/** The progress of one fold as a part of all. */
function ofFold(context: JobContext, { fold, nFolds }: { fold: number; nFolds: number }): JobContext {
  return {
    ...context,
    progress: (done, total, text) => context.progress((fold - 1) * total + done, nFolds * total, text),
  }
}

/** Best first, by the mean of a metric over the folds; of equals, the one listed first. */
export function rank<Scored extends { scores: AlgorithmScores }>(candidates: Scored[], by: CvMetric): Scored[] {
  const sign = by === 'logLoss' ? 1 : -1
  return candidates.toSorted((a, b) => sign * (a.scores.cv[by].mean - b.scores.cv[by].mean))
}

function summary(folds: number[]): FoldScores {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length
  const variance = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, folds.length - 1)
  return { mean, standardDeviation: Math.sqrt(variance), folds }
}
