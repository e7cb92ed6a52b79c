import { ForestClassifier } from './forest-classifier.ts'
import type { ExtraTreesOptions } from './options.ts'

/**
 * Extremely randomised trees for two classes over binned columns (Geurts, Ernst & Wehenkel 2006): for each of a few drawn
 * features one split is drawn, and the best of these by Gini impurity is taken. All trees learn from all rows unless
 * `bootstrap` says otherwise. A number's threshold is drawn evenly between the node's smallest and largest value, as far as 255
 * bins tell them apart; of a category each level is tried against the rest, as scikit-learn does it on columns of 0 and 1. A
 * missing value goes to a random side, as in scikit-learn, or with the larger side where training had none.
 *
 * Training is deterministic in (table, y, weights, options without nThreads).
 */
export class ExtraTreesClassifier extends ForestClassifier {
  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<ExtraTreesOptions> = {}) {
    super('extra_trees', options)
  }
}
