import { binaryMetrics, stratifiedKFold, takeRows, type AlgorithmName } from '../../../learn/index.ts'
import { trainingOptions } from '../../project/training.ts'
import type { ResolvedProject } from '../../project/index.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import type { TrainJobInput } from '../train.ts'
import { fit, pick } from './fit.ts'
import { readFolds } from './read-folds.ts'

export type FoldScores = { mean: number; standardDeviation: number; folds: number[] }

/** Metrics that each fold is scored with. */
export const cvMetrics = ['rocAuc', 'prAuc', 'logLoss'] as const
export type CvMetric = (typeof cvMetrics)[number]

/** How one algorithm did over the folds. */
export type AlgorithmScores = {
  algorithm: AlgorithmName
  parameters: Record<string, unknown>
  cv: Record<CvMetric, FoldScores>
  durationMs: number
}

/** Rows that the folds are made of, and which fold each is in. */
export type Folds = { rows: Int32Array; y: Uint8Array; fold: Uint8Array; nFolds: number }

/** Given folds cover all rows; otherwise stratified folds of the training rows, so that the hold-out stays unseen. */
export async function makeFolds(project: ResolvedProject, set: SplitSet): Promise<Folds> {
  const rows = project.foldsPath ? Int32Array.from(set.y.keys()) : set.train
  const y = pick(set.y, rows)
  const fold = project.foldsPath
    ? await readFolds(project.foldsPath, set.rowNumbers)
    : stratifiedKFold(y, project.training.nFolds, project.training.seed)
  return { rows, y, fold, nFolds: Math.max(...fold) + 1 }
}

/** Fits an algorithm once for each fold on the others. `outOfFold` has the score of each row by the model that had not seen it. */
export async function crossValidate(
  input: TrainJobInput,
  set: SplitSet,
  { folds, algorithm, context }: { folds: Folds; algorithm: AlgorithmName; context: JobContext },
): Promise<{ scores: AlgorithmScores; outOfFold: Float64Array }> {
  const startedAt = performance.now()
  const { rows, y, fold, nFolds } = folds
  const outOfFold = new Float64Array(rows.length)
  const byMetric: Record<CvMetric, number[]> = { rocAuc: [], prAuc: [], logLoss: [] }
  for (let k = 0; k < nFolds; k++) {
    const places = Int32Array.from(fold.keys()).filter((i) => fold[i] === k)
    if (places.length === 0) continue
    const train = rows.filter((_, i) => fold[i] !== k)
    const text = `fold ${k + 1} of ${nFolds}`
    const model = await fit(input, set, { algorithm, rows: train, context, text })
    const score = model.predict(takeRows(set.table, pickRows(rows, places)))
    places.forEach((i, place) => (outOfFold[i] = score[place]))
    for (const name of cvMetrics) byMetric[name].push(binaryMetrics[name].fn(pick(y, places), score))
    context.log('info', `${algorithm}, ${text}: ROC-AUC ${byMetric.rocAuc.at(-1)!.toFixed(4)}`)
  }
  const { project } = input
  const { nThreads: _, ...parameters } = trainingOptions(project.training, algorithm, 1)
  const cv = {
    rocAuc: summary(byMetric.rocAuc),
    prAuc: summary(byMetric.prAuc),
    logLoss: summary(byMetric.logLoss),
  }
  return { scores: { algorithm, parameters, cv, durationMs: Math.round(performance.now() - startedAt) }, outOfFold }
}

/** Best first, by the mean of a metric over the folds; of equals, the one listed first. */
export function rank<Scored extends { scores: AlgorithmScores }>(candidates: Scored[], by: CvMetric): Scored[] {
  const sign = by === 'logLoss' ? 1 : -1
  return candidates.toSorted((a, b) => sign * (a.scores.cv[by].mean - b.scores.cv[by].mean))
}

function pickRows(rows: Int32Array, places: Int32Array): Int32Array {
  return places.map((place) => rows[place])
}

function summary(folds: number[]): FoldScores {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length
  const variance = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, folds.length - 1)
  return { mean, standardDeviation: Math.sqrt(variance), folds }
}
