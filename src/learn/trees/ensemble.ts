import { BoostingModel } from '../boosting/boosting-model.ts'
import { ForestModel } from '../forest/forest-model.ts'
import type { Model } from '../model/model.ts'
import type { Preparation } from '../preparation.ts'
import type { Trees } from './trees.ts'

/**
 * What explanation needs of a tree model. The raw score of a row is baseScore + scale x the sum of the values of the leaves
 * that it reaches; the cover of a node is the sum of the training rows of the leaves below it.
 */
export type TreeEnsemble = {
  preparation: Preparation
  trees: Trees
  /** Added to the sum of leaves. */
  baseScore: number
  /** The sum of leaves is multiplied by this: 1 / nTrees for a forest. */
  scale: number
  /** What a raw score is: log-odds, whose logistic function is the score, or the score itself. */
  unit: 'logOdds' | 'probability'
}

/** The trees of a fitted model; undefined for a model of another kind. A calibrated model is asked for its inner one. */
export function treeEnsembleOf(model: Model): TreeEnsemble | undefined {
  if (model instanceof BoostingModel) {
    const { preparation, trees, baseScore } = model.boosted
    return { preparation, trees, baseScore, scale: 1, unit: 'logOdds' }
  }
  if (model instanceof ForestModel) {
    const { preparation, trees } = model.forest
    return { preparation, trees, baseScore: 0, scale: 2 / trees.starts.length, unit: 'probability' }
  }
  return undefined
}
