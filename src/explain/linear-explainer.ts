import { AssayError } from '../errors/index.ts'
import type { LinearParts, Table } from '../learn/index.ts'
import type { Explanation } from './explanation.ts'
import { takeTurn, type ExplainHooks } from './hooks.ts'
import { checkSums } from './tree-shap/check-sums.ts'

/**
 * Exact interventional Shapley values of a linear model's log-odds. Of a column with several terms (a category, a date, a number
 * that may be missing) the terms are one player, so its contribution is what the column adds in this row less what it adds on
 * average over the background:
 *
 *   phi_f(x) = a_f(x) − mean over b of a_f(b),   a_f = Σ over the terms of f of coefficient x term
 *
 * Source: Lundberg & Lee (2017), A unified approach to interpreting model predictions, corollary 1. Golden: test/golden/linear-shap.
 */
export class LinearExplainer {
  readonly #parts: LinearParts
  readonly #means: Float64Array
  readonly #baseValue: number

  /**
   * @param background rows that stand for "unknown", or what `meanAddends` made of them: means alone tell no row
   * @throws BACKGROUND_EMPTY, BACKGROUND_MEANS_INVALID, and for a table as the model's `predict`
   */
  constructor(parts: LinearParts, background: Table | readonly number[]) {
    this.#parts = parts
    this.#means = Float64Array.from('nRows' in background ? meanAddends(parts, background) : background)
    if (this.#means.length !== parts.features.length || !this.#means.every(Number.isFinite)) {
      throw new AssayError('BACKGROUND_MEANS_INVALID', { given: this.#means.length, wanted: parts.features.length })
    }
    this.#baseValue = this.#means.reduce((sum, mean) => sum + mean, parts.intercept)
  }

  /**
   * Contributions to the log-odds of all rows. O(nRows x nFeatures).
   * @throws as the model's `predict`, and EXPLANATION_INEXACT should a sum not hold
   */
  explain(table: Table): Explanation {
    const { features, intercept } = this.#parts
    const { nRows } = table
    const values = new Float64Array(nRows * features.length)
    const raw = new Float64Array(nRows).fill(intercept)
    this.#parts.addends(table).forEach((addend, f) => {
      for (let row = 0; row < nRows; row++) {
        raw[row] += addend[row]
        values[row * features.length + f] = addend[row] - this.#means[f]
      }
    })
    const explanation: Explanation = { unit: 'logOdds', baseValue: this.#baseValue, features, nRows, values, raw }
    checkSums(explanation)
    return explanation
  }

  /** `explain` after a turn of the event loop; there is too little to do for batches. @throws EXPLANATION_CANCELLED */
  async explainInBatches(table: Table, hooks: ExplainHooks = {}): Promise<Explanation> {
    await takeTurn(hooks)
    const explanation = this.explain(table)
    hooks.progress?.(table.nRows, table.nRows)
    return explanation
  }
}

/**
 * What each column adds to the log-odds on average over these rows: all that explaining needs of a background.
 * @throws BACKGROUND_EMPTY, and as the model's `predict`
 */
export function meanAddends(parts: LinearParts, background: Table): number[] {
  if (background.nRows === 0) throw new AssayError('BACKGROUND_EMPTY', {})
  return parts.addends(background).map((addend) => addend.reduce((sum, value) => sum + value, 0) / background.nRows)
}
