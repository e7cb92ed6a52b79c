import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  bestF1Threshold,
  binaryMetrics,
  serialiseModel,
  stratifiedKFold,
  stratifiedSample,
  takeRows,
  trainModel,
  type Model,
} from '../../learn/index.ts'
import { openArtifacts } from '../../platform/artifacts/index.ts'
import { aucInterval, bootstrapInterval, type Interval } from '../../stats/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job, JobContext } from './job.ts'
import { loadLearningSet, readFolds, type SplitSet } from './learning-set.ts'

export type TrainInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
  nThreads: number
  /** train on a stratified sample only */
  sample?: { share: number; maxRows: number }
  crossValidate?: boolean
}

export type FoldScores = { mean: number; standardDeviation: number; folds: number[] }

export type TrainOutput = {
  algorithm: string
  artifact: string
  sizeBytes: number
  nTrain: number
  parameters: Record<string, string | number>
  /** on the hold-out, with 95 % intervals */
  metrics: Record<string, Interval>
  /** over the folds of the training rows; absent without cross-validation */
  cv?: Record<string, FoldScores>
  /** with cross-validation: the threshold of the best F1 on rows that were not fitted on (out of fold) */
  bestF1Threshold?: number
  /** hash of this module: what trained */
  codeVersion: string
}

const CV_METRICS = ['rocAuc', 'prAuc', 'logLoss'] as const

/** Fits a model on the training rows, scores the hold-out and, if asked, cross-validates. The same input gives the same bytes. */
export const trainJob: Job<TrainInput, TrainOutput> = {
  name: 'train',
  async run(input, context) {
    const { project } = input
    const set = await loadLearningSet(project, input.dataset, input.artifactDir)
    const validated = input.crossValidate ? await crossValidate(input, set, context) : undefined
    const rows = input.sample ? sampleRows(set, input.sample, project.training.seed) : set.train
    const model = await fit(input, set, { rows, context, text: 'final fit' })
    const bytes = serialiseModel(model)
    const artifacts = await openArtifacts(input.artifactDir)
    const { sha256, sizeBytes } = await artifacts.put(bytes)
    const { nTrees, minSamplesLeaf, seed } = project.training
    return {
      algorithm: model.algorithm,
      artifact: sha256,
      sizeBytes,
      nTrain: rows.length,
      parameters: { algorithm: model.algorithm, nTrees, minSamplesLeaf, seed, nTrain: rows.length },
      metrics: holdOutMetrics(model, set),
      ...validated,
      codeVersion: createHash('sha256')
        .update(readFileSync(new URL(import.meta.url)))
        .digest('hex'),
    }
  },
}

function fit(
  { project, nThreads }: TrainInput,
  set: SplitSet,
  { rows, context, text }: { rows: Int32Array; context: JobContext; text: string },
): Promise<Model> {
  const { nTrees, minSamplesLeaf, seed } = project.training
  return trainModel(
    {
      table: takeRows(set.table, rows),
      y: pick(set.y, rows),
      target: set.target,
      positive: set.positive,
      algorithm: 'random_forest',
      options: { nTrees, minSamplesLeaf, seed, nThreads },
    },
    { progress: (done, total) => context.progress(done, total, `${text}: trees`) },
  )
}

/** Given folds cover all rows; otherwise stratified folds of the training rows, so that the hold-out stays unseen. */
async function crossValidate(
  input: TrainInput,
  set: SplitSet,
  context: JobContext,
): Promise<Required<Pick<TrainOutput, 'cv' | 'bestF1Threshold'>>> {
  const { project } = input
  const rows = project.foldsPath ? Int32Array.from(set.y.keys()) : set.train
  const y = pick(set.y, rows)
  const fold = project.foldsPath
    ? await readFolds(project.foldsPath, set.rowNumbers)
    : stratifiedKFold(y, project.training.nFolds, project.training.seed)
  const nFolds = Math.max(...fold) + 1
  const outOfFold = new Float64Array(rows.length)
  const scores: Record<string, number[]> = { rocAuc: [], prAuc: [], logLoss: [] }
  for (let k = 0; k < nFolds; k++) {
    const places = Int32Array.from(fold.keys()).filter((i) => fold[i] === k)
    if (places.length === 0) continue
    const train = rows.filter((_, i) => fold[i] !== k)
    const model = await fit(input, set, { rows: train, context, text: `fold ${k + 1} of ${nFolds}` })
    const score = model.predict(
      takeRows(
        set.table,
        places.map((i) => rows[i]),
      ),
    )
    places.forEach((i, place) => (outOfFold[i] = score[place]))
    for (const name of CV_METRICS) scores[name].push(binaryMetrics[name].fn(pick(y, places), score))
    context.log('info', `Fold ${k + 1} of ${nFolds}: ROC-AUC ${scores.rocAuc.at(-1)!.toFixed(4)}`)
  }
  const cv = Object.fromEntries(Object.entries(scores).map(([name, folds]) => [name, summary(folds)]))
  return { cv, bestF1Threshold: bestF1Threshold(y, outOfFold) }
}

function summary(folds: number[]): FoldScores {
  const mean = folds.reduce((sum, value) => sum + value, 0) / folds.length
  const variance = folds.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, folds.length - 1)
  return { mean, standardDeviation: Math.sqrt(variance), folds }
}

function sampleRows(set: SplitSet, { share, maxRows }: { share: number; maxRows: number }, seed: number): Int32Array {
  const y = pick(set.y, set.train)
  return stratifiedSample(y, Math.min(share, maxRows / y.length), seed).map((i) => set.train[i])
}

function holdOutMetrics(model: Model, set: SplitSet): Record<string, Interval> {
  const y = pick(set.y, set.test)
  const score = model.predict(takeRows(set.table, set.test))
  return {
    rocAuc: aucInterval(y, score),
    logLoss: bootstrapInterval(binaryMetrics.logLoss.counted(y, score), y.length, { nResamples: 200, seed: 1 }),
  }
}

/** Values of the given rows. */
export function pick(values: Uint8Array, rows: Int32Array): Uint8Array {
  const out = new Uint8Array(rows.length)
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]]
  return out
}
