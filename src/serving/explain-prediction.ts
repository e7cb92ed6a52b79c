import { AssayError } from '../errors/index.ts'
import type { Explanation } from '../explain/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import { getVersion, type ModelVersion } from '../registry/index.ts'
import { createExplainThread, explainIn, type ExplainThread } from './explain-thread.ts'
import { getPrediction, type InputKeys, type Prediction } from './predictions.ts'

/** How far the score of what was explained may be from what was answered. */
const TOLERANCE = 1e-9

/** Why a prediction came out as it did. */
export type ExplainedPrediction = {
  predictionId: string
  erased: false
  model: string
  version: string
  unit: Explanation['unit']
  /** what is expected where nothing is known of the claim */
  baseValue: number
  /** base value + the sum of the contributions, before calibration */
  raw: number
  /** what was answered */
  score: number
  /** largest |contribution| first, ties in the order of the signature; null is missing */
  contributions: { feature: string; value: number | string | null; contribution: number }[]
}

/** The subject was erased and the input with it: nothing is left to explain from. */
export type ErasedPrediction = { predictionId: string; erased: true; model: string; version: string; score: number }

export type PredictionExplainer = {
  /**
   * Explains a logged prediction from its logged input and the file of the version that answered, in a thread of its own. A shadow
   * is explained by the input of what it mirrors. Milliseconds once the version's file was read and its explainer built: up to
   * seconds for a large forest.
   * @param options aborting rejects with the signal's reason; what has begun is finished for nobody
   * @throws NOT_FOUND, PREDICTION_UNEXPLAINED for a shadow that failed, EXPLANATION_UNSUPPORTED, EXPLANATION_SCORE_DIFFERS
   * where the contributions do not lead to the score that was answered, ARTIFACT_CORRUPT, MODEL_BYTES_INVALID, EXPLAINER_BUSY,
   * EXPLAINER_DIED, EXPLAINER_CLOSED, and what `meansOf` throws
   */
  explain(db: Db | Tx, id: string, options?: { signal?: AbortSignal }): Promise<ExplainedPrediction | ErasedPrediction>
  /** Ends the thread; who waits for an explanation gets EXPLAINER_CLOSED. */
  close(): Promise<void>
}

export type PredictionExplainerParts = {
  /** where the files of the versions lie */
  artifactDir: string
  keys: InputKeys
  /** what a linear model's rows are compared with; not asked for trees, which need nothing */
  meansOf(version: ModelVersion): Promise<readonly number[] | null>
  /** explains; closed with what is made here */
  thread?: ExplainThread
}

export function createPredictionExplainer({
  artifactDir,
  keys,
  meansOf,
  thread = createExplainThread(artifactDir),
}: PredictionExplainerParts): PredictionExplainer {
  return {
    async explain(db, id, options) {
      const logged = await getPrediction(db, keys, id)
      const { model, version, score } = logged
      if (score === null)
        throw new AssayError('PREDICTION_UNEXPLAINED', { id, reason: logged.error ?? 'it has no score' })
      const { input, erased } = logged.mirrors === null ? logged : await getPrediction(db, keys, logged.mirrors)
      if (erased) return { predictionId: id, erased, model, version, score }
      const ofVersion = await getVersion(db, model, version)
      const request = { name: `${model}@${version}`, artifact: ofVersion.artifact, input }
      const answer = await explainIn(thread, request, { meansOf: () => meansOf(ofVersion), ...options })
      const { explanation, score: explained } = answer
      const { unit, baseValue, raw } = explanation
      if (!(Math.abs(explained - score) <= TOLERANCE))
        throw new AssayError('EXPLANATION_SCORE_DIFFERS', { id, score, explained })
      const contributions = contributionsOf(explanation, input ?? {})
      return { predictionId: id, erased: false, model, version, unit, baseValue, raw: raw[0], score, contributions }
    },
    close: () => thread.close(),
  }
}

function contributionsOf(
  { features, values }: Explanation,
  input: NonNullable<Prediction['input']>,
): ExplainedPrediction['contributions'] {
  return features
    .map((feature, f) => ({ feature, value: input[feature] ?? null, contribution: values[f] }))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
}
