import type { AnyModel } from '../model/any-model.ts'
import type { Preparation } from '../preparation.ts'
import type { RawScale } from './models/fitted-trees.ts'
import { fittedTreesOf } from './models/tree-model.ts'
import type { Trees } from './trees.ts'

/**
 * What explanation needs of a tree model. The raw score of a row is baseScore + scale x the sum of the values of the leaves
 * that it reaches; the cover of a node is the sum of the training rows of the leaves below it. The scale is 1 / nTrees for a forest.
 */
export type TreeEnsemble = { preparation: Preparation; trees: Trees } & RawScale

/**
 * The trees of a fitted model, with what their sums are; undefined for a model of another kind. A calibrated model is asked for its
 * inner one. Leaves are float32, so raw probabilities of several classes add up to 1 within about 1e-7 only.
 * @param k of a model of several classes, whose score is meant
 */
export function treeEnsembleOf(model: AnyModel, k = 0): TreeEnsemble | undefined {
  const fitted = fittedTreesOf(model)
  return fitted && { preparation: fitted.preparation, trees: fitted.treesOf(k), ...fitted.rawScale(k) }
}
