import { AssayError } from '../../errors/index.ts'
import { takeRows, TreeEvaluator, type Table, type TreeEnsemble } from '../../learn/index.ts'
import type { Explanation } from '../explanation.ts'
import { takeTurn, type ExplainHooks } from '../hooks.ts'
import { addSlowInterventional } from '../testing/slow-tree-shap.ts'
import { slowBins, slowTrees, type SlowTree } from '../testing/slow-trees.ts'
import { checkSums } from './check-sums.ts'
import { PathDependentShap } from './path-dependent.ts'

/** Rows explained between two turns of the event loop. */
const BATCH_ROWS = 64

export type TreeExplainerOptions = {
  /** Rows of which the means stand for "unknown"; without them, the training rows at each split do (path-dependent). */
  background?: Table
}

/**
 * Exact Shapley values of a tree ensemble's raw score (TreeSHAP).
 *
 * Without a background the value of a set of known features is the expected raw score when the other features follow each split
 * by the shares of its training rows (path-dependent); with a background it is the mean raw score over its rows with the
 * known features replaced (interventional).
 * Source: Lundberg et al. (2020), From local explanations to global understanding with explainable AI for trees.
 */
export class TreeExplainer {
  readonly #ensemble: TreeEnsemble
  readonly #evaluator: TreeEvaluator
  readonly #trees: SlowTree[]
  readonly #paths: PathDependentShap
  readonly #background: number[][] | undefined
  readonly #baseValue: number

  /** @throws BACKGROUND_EMPTY, and for a background as `explain` */
  constructor(ensemble: TreeEnsemble, { background }: TreeExplainerOptions = {}) {
    this.#ensemble = ensemble
    this.#evaluator = new TreeEvaluator(ensemble.preparation, ensemble.trees)
    this.#trees = slowTrees(ensemble)
    this.#paths = new PathDependentShap(ensemble)
    if (background?.nRows === 0) throw new AssayError('BACKGROUND_EMPTY', {})
    this.#background = background && this.#bins(background)
    this.#baseValue = background
      ? this.#rawScores(background).reduce((sum, raw) => sum + raw, 0) / background.nRows
      : ensemble.baseScore + this.#paths.baseValue
  }

  /**
   * Contributions to the raw scores of all rows. Columns are matched by name; further columns are ignored.
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, what `checkTable` throws, and EXPLANATION_INEXACT should a sum not hold
   */
  explain(table: Table): Explanation {
    const { preparation, unit } = this.#ensemble
    const raw = this.#rawScores(table)
    const nFeatures = preparation.length
    const values = this.#background ? new Float64Array(table.nRows * nFeatures) : this.#paths.values(table)
    if (this.#background)
      this.#bins(table).forEach((bins, row) => {
        const phi = values.subarray(row * nFeatures, (row + 1) * nFeatures)
        for (const tree of this.#trees) {
          for (const other of this.#background!) addSlowInterventional(tree, bins, other, phi)
        }
        for (let f = 0; f < nFeatures; f++) phi[f] /= this.#background!.length
      })
    const features = preparation.map(({ name }) => name)
    const explanation = { unit, baseValue: this.#baseValue, features, nRows: table.nRows, values, raw }
    checkSums(explanation)
    return explanation
  }

  /**
   * As `explain`, a batch of rows at a time, with the event loop turning in between.
   * @throws EXPLANATION_CANCELLED, and what `explain` throws
   */
  async explainInBatches(table: Table, hooks: ExplainHooks = {}): Promise<Explanation> {
    const { nRows } = table
    const whole = this.explain(takeRows(table, new Int32Array()))
    const values = new Float64Array(nRows * whole.features.length)
    const raw = new Float64Array(nRows)
    for (let begin = 0; begin < nRows; begin += BATCH_ROWS) {
      await takeTurn(hooks)
      const end = Math.min(nRows, begin + BATCH_ROWS)
      const batch = this.explain(
        takeRows(
          table,
          Int32Array.from({ length: end - begin }, (_, i) => begin + i),
        ),
      )
      values.set(batch.values, begin * whole.features.length)
      raw.set(batch.raw, begin)
      hooks.progress?.(end, nRows)
    }
    return { ...whole, nRows, values, raw }
  }

  /**
   * SHAP interaction values, path-dependent: symmetric, and each row adds up to the contribution of its feature.
   * @returns shape (nRows, nFeatures, nFeatures)
   * @throws INTERACTIONS_WITH_BACKGROUND, and what `explain` throws
   */
  interactions(table: Table): Float64Array {
    if (this.#background) throw new AssayError('INTERACTIONS_WITH_BACKGROUND', {})
    const { nRows, values } = this.explain(table)
    const nFeatures = this.#ensemble.preparation.length
    const matrices = this.#paths.pairs(table)
    for (let row = 0; row < nRows; row++) {
      completeMatrix(
        matrices.subarray(row * nFeatures ** 2, (row + 1) * nFeatures ** 2),
        values.subarray(row * nFeatures, (row + 1) * nFeatures),
      )
    }
    return matrices
  }

  #rawScores(table: Table): Float64Array {
    const { baseScore, scale } = this.#ensemble
    return this.#evaluator.sums(table).map((sum) => baseScore + scale * sum)
  }

  #bins(table: Table): number[][] {
    return Array.from({ length: table.nRows }, (_, row) => slowBins(this.#ensemble.preparation, table, row))
  }
}

/** Halves what each pair counts between its two places, and leaves the rest of a feature's contribution on the diagonal. */
function completeMatrix(matrix: Float64Array, contributions: Float64Array): void {
  const n = contributions.length
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const half = (matrix[i * n + j] + matrix[j * n + i]) / 2
      matrix[i * n + j] = half
      matrix[j * n + i] = half
    }
  }
  for (let i = 0; i < n; i++) {
    let others = 0
    for (let j = 0; j < n; j++) if (j !== i) others += matrix[i * n + j]
    matrix[i * n + i] = contributions[i] - others
  }
}
