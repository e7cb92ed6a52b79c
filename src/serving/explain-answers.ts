import { AssayError, type ErrorCode } from '../errors/index.ts'
import { createExplainer, scoreOfRaw, type Explanation } from '../explain/index.ts'
import { adoptKernels, type KernelModule } from '../kernels/index.ts'
import { loadModel, type Model } from '../learn/index.ts'
import { openArtifacts } from '../platform/artifacts/index.ts'
import type { PrepareAnswers } from '../threads/index.ts'
import { createTableBuilder } from './input-table.ts'
import type { Prediction } from './predictions.ts'
import { createInputValidator, FaultList } from './validation.ts'

/** What the thread that explains begins with. */
export type ExplainThreadInput = {
  artifactDir: string
  /** undefined where the caller has compiled none yet */
  kernels: KernelModule | undefined
}

export type ExplainRequest = {
  /** of the version, whose explainer may be kept already */
  name: string
  /** SHA-256 of its model file */
  artifact: string
  /** what a linear model's rows are compared with, should its explainer be built */
  means?: readonly number[]
  input: Prediction['input']
}

/** A thread passes on of an error its message alone, so that a coded one is an answer. */
export type ExplainAnswer =
  | { type: 'explained'; explanation: Explanation; /** that the explanation leads to */ score: number }
  | { type: 'refused'; code: ErrorCode; details: AssayError['details'] }

/** Models with their explainers that are kept in memory: building one reads a file. */
const MAX_KEPT = 4

type Loaded = { model: Model; explain(input: Prediction['input']): Explanation }

/** Explains one row a request; the thread of `createPredictionExplainer`. */
export const prepareAnswers: PrepareAnswers<ExplainThreadInput, ExplainRequest, ExplainAnswer> = async (given) => {
  adoptKernels(given.kernels)
  const artifacts = await openArtifacts(given.artifactDir)
  const kept = new Map<string, Loaded>()

  async function load({ artifact, means }: ExplainRequest): Promise<Loaded> {
    const model = loadModel(await artifacts.get(artifact))
    const explainer = createExplainer(model, { means })
    const validator = createInputValidator(model.signature)
    const toTable = createTableBuilder(model.signature)
    const explain = (input: Prediction['input']) =>
      explainer.explain(toTable([validator.validate(input, 0, new FaultList())]))
    return { model, explain }
  }

  /** The least recently used one goes first; one that could not be loaded is not kept. */
  async function loadOnce(request: ExplainRequest): Promise<Loaded> {
    const loaded = kept.get(request.name) ?? (await load(request))
    kept.delete(request.name)
    kept.set(request.name, loaded)
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!)
    return loaded
  }

  return async (request) => {
    try {
      const { model, explain } = await loadOnce(request)
      const explanation = explain(request.input)
      return { type: 'explained', explanation, score: scoreOfRaw(model, explanation.unit, explanation.raw[0]) }
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      return { type: 'refused', code: error.code, details: error.details }
    }
  }
}
