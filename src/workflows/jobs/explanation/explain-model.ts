import {
  backgroundMeans,
  createExplainer,
  explanationMethod,
  partialDependence,
  summariseContributions,
  type ExplainHooks,
} from '../../../explain/index.ts'
import { stratifiedSample, takeRows, type Model, type Table } from '../../../learn/index.ts'
import type { GlobalExplanation } from '../../explanation/schemas.ts'
import type { SplitSet } from '../learning-set.ts'
import { pick } from '../training/fit.ts'

/** An explanation of a model as a whole, before its version has a number. */
export type ModelExplanation = Omit<GlobalExplanation, 'model' | 'version'>

/** Hold-out rows that contributions are computed for. */
const MAX_ROWS = 1_000
/** Of them, those whose values and contributions are kept. */
const N_POINTS = 200
/** Training rows that a linear model's contributions are measured against. */
const MAX_BACKGROUND_ROWS = 1_000
/** The most important features, whose dependence is drawn. */
const N_DEPENDENCES = 10
const DEPENDENCE_ROWS = 300
const SEED = 1

export type ExplainModelInput = {
  model: Model
  set: Pick<SplitSet, 'table' | 'y' | 'train' | 'test'>
  /** permutation importance, as it was measured at evaluation */
  importance: GlobalExplanation['importance']
  /** of an earlier explanation, instead of those of the training rows */
  means?: number[]
}

/**
 * How a model decides, over rows of the hold-out with the classes in proportion: contributions, dependence on the most important
 * features. Deterministic in its input.
 * @returns with it, the means that single rows of a linear model are compared with; undefined for trees
 * @throws EXPLANATION_UNSUPPORTED, EXPLANATION_CANCELLED
 */
export async function explainModel(
  { model, set, importance, ...given }: ExplainModelInput,
  hooks: ExplainHooks = {},
): Promise<{ explanation: ModelExplanation; means?: number[] }> {
  const { signal } = hooks
  const table = sample(set, set.test, MAX_ROWS)
  const means = given.means ?? backgroundMeans(model, sample(set, set.train, MAX_BACKGROUND_ROWS))
  const explainer = createExplainer(model, { means })
  const method = explanationMethod(model)!
  const explained = await explainer.explainInBatches(table, {
    signal,
    progress: (done, total) => hooks.progress?.(done / total, 2),
  })
  const features = summariseContributions(explained, table, { nPoints: N_POINTS, seed: SEED })
  const dependence = await partialDependence(
    {
      model,
      table,
      features: features.slice(0, N_DEPENDENCES).map(({ name }) => name),
      maxRows: DEPENDENCE_ROWS,
      seed: SEED,
    },
    { signal, progress: (done, total) => hooks.progress?.(1 + done / total, 2) },
  )
  const { unit, baseValue, nRows } = explained
  return { explanation: { unit, baseValue, nRows, method, features, dependence, importance }, means }
}

function sample({ table, y }: ExplainModelInput['set'], rows: Int32Array, maxRows: number): Table {
  if (rows.length <= maxRows) return takeRows(table, rows)
  const taken = stratifiedSample(pick(y, rows), maxRows / rows.length, SEED)
  return takeRows(
    table,
    taken.map((at) => rows[at]),
  )
}
