import { AssayError } from '../errors/index.ts'
import { CalibratedModel, linearPartsOf, treeEnsembleOf, type AnyModel, type Table } from '../learn/index.ts'
import { classAtHand } from './class-at-hand.ts'
import type { Explanation } from './explanation.ts'
import type { ExplainHooks } from './hooks.ts'
import { LinearExplainer, meanAddends } from './linear-explainer.ts'
import { TreeExplainer } from './tree-shap/tree-explainer.ts'

/** Contributions of the features to raw scores. */
export type Explainer = {
  /** Of all rows at once, on the caller's thread; columns are matched by name. @throws EXPLANATION_INEXACT and as the model's `predict` */
  explain(table: Table): Explanation
  /** The same with the event loop turning in between. @throws EXPLANATION_CANCELLED and as `explain` */
  explainInBatches(table: Table, hooks?: ExplainHooks): Promise<Explanation>
}

export type ExplanationMethod = 'tree-path-dependent' | 'tree-interventional' | 'linear'

export type ExplainerOptions = {
  /** Rows that stand for "unknown". Trees do without (path-dependent); a linear model needs them or their means. */
  background?: Table
  /** For a linear model instead of a background: what `backgroundMeans` made of it. */
  means?: readonly number[]
  /** Of a model of several classes: whose score is explained. */
  class?: string
}

/**
 * The exact explainer of a model of any task: TreeSHAP for trees, linear SHAP for logistic regression. A calibrated model is
 * explained by its inner one: contributions add up to the raw score before calibration, which keeps the order of scores. What is
 * foretold of a number is explained itself, or its logarithm where its loss is one of logarithms; of several classes the one named:
 * its score before the softmax for boosting, its probability for forests.
 * @throws EXPLANATION_UNSUPPORTED for a model that is neither, BACKGROUND_MISSING for a linear model without one,
 * BACKGROUND_EMPTY, BACKGROUND_MEANS_INVALID; CLASS_UNKNOWN where a model of several classes is given and none of them named, or a
 * class is named for any other model
 */
export function createExplainer(model: AnyModel, options: ExplainerOptions = {}): Explainer {
  const k = classAtHand(model, options.class)
  const inner = innerModel(model)
  const ensemble = treeEnsembleOf(inner, k)
  if (ensemble) return new TreeExplainer(ensemble, { background: options.background })
  const parts = linearPartsOf(inner)
  if (!parts) throw new AssayError('EXPLANATION_UNSUPPORTED', { algorithm: inner.algorithm })
  const background = options.means ?? options.background
  if (!background) throw new AssayError('BACKGROUND_MISSING', { algorithm: inner.algorithm })
  return new LinearExplainer(parts, background)
}

/** How `createExplainer` explains the model with these options; undefined for a model that it does not. */
export function explanationMethod(
  model: AnyModel,
  { background }: ExplainerOptions = {},
): ExplanationMethod | undefined {
  const inner = innerModel(model)
  if (treeEnsembleOf(inner)) return background ? 'tree-interventional' : 'tree-path-dependent'
  return linearPartsOf(inner) ? 'linear' : undefined
}

/**
 * What must be kept of background rows to explain single rows later: the mean addends of a linear model, which tell of no row.
 * @returns undefined for trees, which need nothing
 * @throws BACKGROUND_EMPTY, and as the model's `predict`
 */
export function backgroundMeans(model: AnyModel, background: Table): number[] | undefined {
  const parts = linearPartsOf(innerModel(model))
  return parts && meanAddends(parts, background)
}

function innerModel(model: AnyModel): AnyModel {
  return model instanceof CalibratedModel ? innerModel(model.inner) : model
}
