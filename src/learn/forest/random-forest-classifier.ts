import { ForestClassifier } from './forest-classifier.ts'
import type { ForestOptions } from './options.ts'

/**
 * Random forest for two classes over binned columns (Breiman 2001): each tree sees a bootstrap sample and splits on the
 * best of a few drawn features by Gini impurity. What differs from scikit-learn: numbers are cut into at most 255 bins
 * first; categories are split natively, by an order of their levels that each tree takes from the rows it does not learn
 * from; a missing value goes to the side where it lowers impurity more, or with the larger side where training had none.
 *
 * Training is deterministic in (table, y, weights, options without nThreads).
 */
export class RandomForestClassifier extends ForestClassifier {
  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<ForestOptions> = {}) {
    super('random_forest', options)
  }
}
