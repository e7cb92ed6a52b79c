import { AssayError } from '../errors/index.ts'
import { createExplainer, scoreOfRaw, type Explainer, type Explanation } from '../explain/index.ts'
import { loadModel, type Model } from '../learn/index.ts'
import type { ArtifactStore, Db, Tx } from '../platform/index.ts'
import { getVersion, type ModelVersion } from '../registry/index.ts'
import { createTableBuilder } from './input-table.ts'
import { getPrediction, type InputKeys, type Prediction } from './predictions.ts'
import { createInputValidator, FaultList } from './validation.ts'

/** Models with their explainers that are kept in memory: building one reads a file. */
const MAX_KEPT = 4
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
   * Explains a logged prediction from its logged input and the file of the version that answered. A shadow is explained by the
   * input of what it mirrors. Milliseconds once the version's file was read.
   * @throws NOT_FOUND, PREDICTION_UNEXPLAINED for a shadow that failed, EXPLANATION_UNSUPPORTED, EXPLANATION_SCORE_DIFFERS
   * where the contributions do not lead to the score that was answered, ARTIFACT_CORRUPT, and what `meansOf` throws
   */
  explain(db: Db | Tx, id: string): Promise<ExplainedPrediction | ErasedPrediction>
}

export type PredictionExplainerParts = {
  artifacts: Pick<ArtifactStore, 'get'>
  keys: InputKeys
  /** what a linear model's rows are compared with; null for trees */
  meansOf(version: ModelVersion): Promise<readonly number[] | null>
}

type Loaded = {
  explainer: Explainer
  model: Model
  cells: (input: Prediction['input']) => Parameters<Explainer['explain']>[0]
}

export function createPredictionExplainer({ artifacts, keys, meansOf }: PredictionExplainerParts): PredictionExplainer {
  const kept = new Map<string, Promise<Loaded>>()

  async function load(version: ModelVersion): Promise<Loaded> {
    const model = loadModel(await artifacts.get(version.artifact))
    const explainer = createExplainer(model, { means: (await meansOf(version)) ?? undefined })
    const validator = createInputValidator(model.signature)
    const toTable = createTableBuilder(model.signature)
    return { explainer, model, cells: (input) => toTable([validator.validate(input, 0, new FaultList())]) }
  }

  /** The least recently used one goes first; one that could not be loaded is not kept. */
  function loadOnce(version: ModelVersion): Promise<Loaded> {
    const name = `${version.model}@${version.version}`
    const loading = kept.get(name) ?? load(version)
    kept.delete(name)
    kept.set(name, loading)
    loading.catch(() => kept.get(name) === loading && kept.delete(name))
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!)
    return loading
  }

  return {
    async explain(db, id) {
      const logged = await getPrediction(db, keys, id)
      const { model, version, score } = logged
      if (score === null)
        throw new AssayError('PREDICTION_UNEXPLAINED', { id, reason: logged.error ?? 'it has no score' })
      const { input, erased } = logged.mirrors === null ? logged : await getPrediction(db, keys, logged.mirrors)
      if (erased) return { predictionId: id, erased, model, version, score }
      const loaded = await loadOnce(await getVersion(db, model, version))
      const explanation = loaded.explainer.explain(loaded.cells(input))
      const { unit, baseValue, raw } = explanation
      const explained = scoreOfRaw(loaded.model, unit, raw[0])
      if (!(Math.abs(explained - score) <= TOLERANCE))
        throw new AssayError('EXPLANATION_SCORE_DIFFERS', { id, score, explained })
      const contributions = contributionsOf(explanation, input ?? {})
      return { predictionId: id, erased: false, model, version, unit, baseValue, raw: raw[0], score, contributions }
    },
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
