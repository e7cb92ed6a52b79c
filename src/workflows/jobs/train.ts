import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  binaryMetrics,
  calibrate,
  CalibratedModel,
  fitCalibration,
  serialiseModel,
  stratifiedSample,
  takeRows,
  type Calibration,
  type Model,
  type TimeSplitComparison,
} from '../../learn/index.ts'
import { openArtifacts, type ArtifactStore } from '../../platform/artifacts/index.ts'
import { aucInterval, bootstrapInterval, type Interval } from '../../stats/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import { trainingOptions } from '../project/training.ts'
import type { CrossValidateOutput } from './cross-validate.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job } from './job.ts'
import { loadLearningSet, type SplitSet } from './learning-set.ts'
import { rank, type AlgorithmScores } from './training/cross-validate.ts'
import { chooseThreshold, type ChosenThreshold } from './training/choose-threshold.ts'
import { fit, pick } from './training/fit.ts'
import { decodeOutOfFold } from './training/out-of-fold.ts'
import { compareWithTimeSplit } from './training/time-split.ts'

export type TrainJobInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
  nThreads: number
  /** the most memory that the process may take */
  memoryBytes?: number
  /** train on a stratified sample only */
  sample?: { share: number; maxRows: number }
  /** what came of each algorithm over the folds: the best becomes the model */
  candidates?: CrossValidateOutput[]
}

export type TrainOutput = {
  /** the best over the folds; without candidates the first that the project lists */
  algorithm: string
  artifact: string
  sizeBytes: number
  nTrain: number
  parameters: Record<string, unknown>
  /** on the hold-out, with 95 % intervals */
  metrics: Record<string, Interval>
  /** every algorithm over the folds of the training rows, best first; empty without candidates */
  leaderboard: AlgorithmScores[]
  /** with candidates: where scores are referred from, by the project's rule on rows that were not fitted on */
  decision?: ChosenThreshold
  /** with candidates and a time: the algorithm tested on rows drawn at random, and on the newest */
  timeSplit?: TimeSplitComparison
  /** hash of this module: what trained */
  codeVersion: string
}

/**
 * Fits the best of the candidates on the training rows and scores the hold-out; without candidates fits every algorithm, so that one
 * that cannot work fails here. The same input gives the same bytes.
 */
export const trainJob: Job<TrainJobInput, TrainOutput> = {
  name: 'train',
  async run(input, context) {
    const { project, sample } = input
    const set = await loadLearningSet(project, input.dataset, input.artifactDir)
    const settings = { ...input, baseBytes: process.memoryUsage.rss() }
    const rows = sample ? sampleRows(set, sample, project.training.seed) : set.train
    const artifacts = await openArtifacts(input.artifactDir)
    const chosen = input.candidates && (await choose(project, input.candidates, artifacts))
    const [algorithm, ...others] = chosen ? [chosen.leaderboard[0].algorithm] : project.training.algorithms
    const fitted = await fit(settings, set, { algorithm, rows, context, text: 'final fit', curve: chosen && {} })
    const model = chosen?.calibration ? new CalibratedModel(fitted, chosen.calibration) : fitted
    for (const other of others) {
      const { rocAuc } = holdOutMetrics(await fit(settings, set, { algorithm: other, rows, context, text: other }), set)
      context.log('info', `${other} on ${rows.length} rows: hold-out ROC-AUC ${rocAuc.estimate.toFixed(4)}`)
    }
    const { sha256, sizeBytes } = await artifacts.put(serialiseModel(model))
    const { nThreads: _, ...options } = trainingOptions(project.training, algorithm, 1)
    return {
      algorithm,
      artifact: sha256,
      sizeBytes,
      nTrain: rows.length,
      parameters: { algorithm, ...options, calibration: project.training.calibration, nTrain: rows.length },
      metrics: holdOutMetrics(model, set),
      leaderboard: chosen?.leaderboard ?? [],
      decision: chosen?.decision,
      timeSplit: chosen && (await compareWithTimeSplit(settings, set, { algorithm, context })),
      codeVersion: createHash('sha256')
        .update(readFileSync(new URL(import.meta.url)))
        .digest('hex'),
    }
  },
}

/** The candidates, best first; calibration and threshold of the best, from its out-of-fold scores. */
async function choose(
  { training, decision }: ResolvedProject,
  candidates: CrossValidateOutput[],
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<{ leaderboard: AlgorithmScores[]; calibration?: Calibration; decision: ChosenThreshold }> {
  const ranked = rank(candidates, training.selectBy)
  const { y, score } = decodeOutOfFold(await artifacts.get(ranked[0].outOfFold))
  const calibration = training.calibration === 'none' ? undefined : fitCalibration(training.calibration, y, score)
  const calibrated = calibration ? score.map((value) => calibrate(calibration, value)) : score
  return {
    leaderboard: ranked.map(({ scores }) => scores),
    calibration,
    decision: chooseThreshold(decision, { y, score: calibrated }),
  }
}

function sampleRows(set: SplitSet, { share, maxRows }: { share: number; maxRows: number }, seed: number): Int32Array {
  const y = pick(set.y, set.train)
  return stratifiedSample(y, Math.min(share, maxRows / y.length), seed).map((i) => set.train[i])
}

function holdOutMetrics(model: Model, set: SplitSet): Record<'rocAuc' | 'logLoss', Interval> {
  const y = pick(set.y, set.test)
  const score = model.predict(takeRows(set.table, set.test))
  return {
    rocAuc: aucInterval(y, score),
    logLoss: bootstrapInterval(binaryMetrics.logLoss.counted(y, score), y.length, { nResamples: 200, seed: 1 }),
  }
}
