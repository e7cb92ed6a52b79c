import { BoostedTrees } from '../boosting/boosted-trees.ts'
import { Forest } from '../forest/forest.ts'
import type { Model } from '../model/model.ts'
import type { Preparation } from '../preparation.ts'
import { fittedTreesOf } from './models/tree-model.ts'
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
  const fitted = fittedTreesOf(model)
  if (fitted instanceof BoostedTrees) {
    const { preparation, trees, baseScore } = fitted
    return { preparation, trees, baseScore, scale: 1, unit: 'logOdds' }
  }
  if (fitted instanceof Forest) {
    const { preparation, trees } = fitted
    return { preparation, trees, baseScore: 0, scale: 2 / trees.starts.length, unit: 'probability' }
  }
  return undefined
}
