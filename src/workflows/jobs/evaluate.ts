import { explanationMethod, permutationImportance, type Importance } from '../../explain/index.ts'
import { binaryMetrics, evaluateCurves, loadModel, takeRows, type Curves, type Table } from '../../learn/index.ts'
import { openArtifacts, type ArtifactStore } from '../../platform/artifacts/index.ts'
import {
  aucInterval,
  bootstrapInterval,
  fairnessReport,
  pairedBootstrap,
  type FairnessReport,
  type Interval,
} from '../../stats/index.ts'
import type { ResolvedProject } from '../project/index.ts'
import { keepExplanation, type KeptExplanation } from './explanation/keep-explanation.ts'
import { driftReference, type DriftReference } from './drift-reference.ts'
import type { IngestOutput } from './ingest.ts'
import type { Job } from './job.ts'
import { loadLearningSet, type SplitSet } from './learning-set.ts'
import { pick } from './training/fit.ts'

export type EvaluateInput = {
  project: ResolvedProject
  dataset: Pick<IngestOutput, 'dataset' | 'contractYaml'>
  artifactDir: string
  /** model under evaluation */
  artifact: string
  /** scores from here on are referred */
  threshold: number
  /** the present champion's artifact, scored on the same hold-out */
  champion?: { version: string; artifact: string }
}

export type EvaluateOutput = {
  nTest: number
  threshold: number
  metrics: Record<string, Interval>
  /** what is drawn of the hold-out scores */
  curves: Curves
  /** challenger minus champion on the same rows; absent without a champion, or where it cannot score this table */
  challenger?: { version: string; difference: Interval } | { version: string; incomparable: string }
  fairness: FairnessReport[]
  importance: Importance[]
  reference: DriftReference
  /** how the model decides; absent for an algorithm that cannot be explained */
  explanation?: KeptExplanation
  /** some hold-out rows of the dataset version with their scores, for smoke test, load test and replay */
  samples: { row: number; score: number }[]
}

const N_SAMPLES = 50
const IMPORTANCE_ROWS = 2_000
const SEED = 1
/** Of the progress that is told. */
const N_PARTS = 6

/** Judges a model on the hold-out it has never seen. */
export const evaluateJob: Job<EvaluateInput, EvaluateOutput> = {
  name: 'evaluate',
  async run(input, context) {
    const { project } = input
    const artifacts = await openArtifacts(input.artifactDir)
    const set = await loadLearningSet(project, input.dataset, input.artifactDir)
    const model = loadModel(await artifacts.get(input.artifact))
    const table = takeRows(set.table, set.test)
    const y = pick(set.y, set.test)
    const score = model.predict(table)
    const { threshold } = input
    context.progress(1, N_PARTS, 'hold-out scored')
    const importance = await permutationImportance(
      { model, table, y, nRepeats: 5, seed: SEED, maxRows: IMPORTANCE_ROWS },
      { progress: (done, total) => context.progress(1 + (2 * done) / total, N_PARTS, 'permutation importance') },
    )
    const explanation =
      explanationMethod(model) &&
      (await keepExplanation(
        { model, set, importance },
        { artifacts, progress: (done, _, text) => context.progress(3 + done, N_PARTS, text) },
      ))
    const fairness = set.groups.map((group) =>
      fairnessReport({
        y,
        score,
        threshold,
        group: takeGroup(group, set.test),
        attribute: group.name,
        nResamples: 1_000,
        seed: SEED,
      }),
    )
    context.progress(N_PARTS, N_PARTS, 'evaluated')
    return {
      nTest: y.length,
      threshold,
      metrics: holdOutMetrics(y, score, threshold),
      curves: evaluateCurves(y, score),
      challenger: input.champion && (await compareWithChampion(artifacts, input.champion, { table, y, score })),
      fairness,
      importance,
      reference: driftReference(set, score),
      explanation,
      samples: sampleRows(set.test, score),
    }
  },
}

const REPORTED = ['prAuc', 'accuracy', 'f1', 'precision', 'recall', 'logLoss', 'brier'] as const

function holdOutMetrics(y: Uint8Array, score: Float64Array, threshold: number): Record<string, Interval> {
  const bootstrapped = REPORTED.map((name) => {
    const metric = binaryMetrics[name].counted(y, score, threshold)
    return [name, bootstrapInterval(metric, y.length, { nResamples: 500, seed: SEED })]
  })
  return { rocAuc: aucInterval(y, score), ...Object.fromEntries(bootstrapped) }
}

async function compareWithChampion(
  artifacts: ArtifactStore,
  champion: { version: string; artifact: string },
  { table, y, score }: { table: Table; y: Uint8Array; score: Float64Array },
): Promise<EvaluateOutput['challenger']> {
  const model = loadModel(await artifacts.get(champion.artifact))
  const lacking = model.signature.columns.filter((column) => !table.columns.some((c) => c.name === column.name))
  if (lacking.length > 0)
    return {
      version: champion.version,
      incomparable: `the data has no column ${lacking.map((c) => c.name).join(', ')}`,
    }
  const championScore = model.predict(table)
  const auc = binaryMetrics.rocAuc.counted
  const options = { nResamples: 2_000, seed: SEED }
  const difference = pairedBootstrap(auc(y, championScore), auc(y, score), y.length, options)
  return { version: champion.version, difference }
}

function takeGroup(group: SplitSet['groups'][number], rows: Int32Array) {
  return { ...group, codes: rows.map((row) => group.codes[row]) }
}

function sampleRows(rows: Int32Array, score: Float64Array): EvaluateOutput['samples'] {
  const every = Math.max(1, Math.floor(rows.length / N_SAMPLES))
  const places = Array.from({ length: Math.min(N_SAMPLES, rows.length) }, (_, i) => i * every)
  return places.map((place) => ({ row: rows[place], score: score[place] }))
}
