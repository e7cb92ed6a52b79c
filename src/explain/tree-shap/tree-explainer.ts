import { AssayError } from '../../errors/index.ts'
import { NODE_BYTES } from '../../kernels/index.ts'
import { takeRows, TreeEvaluator, type Table, type TreeEnsemble } from '../../learn/index.ts'
import type { Explanation } from '../explanation.ts'
import { takeTurn, type ExplainHooks } from '../hooks.ts'
import { checkSums } from './check-sums.ts'
import { InterventionalShap } from './interventional.ts'
import { PathDependentShap } from './path-dependent.ts'

/** Nodes that are passed between two turns of the event loop: some tenths of a second. */
const BATCH_NODES = 2 ** 23
const MIN_BATCH_ROWS = 8
const MAX_BATCH_ROWS = 1024

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
  readonly #shap: PathDependentShap | InterventionalShap
  readonly #baseValue: number

  /** @throws BACKGROUND_EMPTY, EXPLANATION_TOO_LARGE when the memory would be, and for a background as `explain` */
  constructor(ensemble: TreeEnsemble, { background }: TreeExplainerOptions = {}) {
    this.#ensemble = ensemble
    this.#evaluator = new TreeEvaluator(ensemble.preparation, ensemble.trees)
    if (!background) {
      this.#shap = new PathDependentShap(ensemble)
      this.#baseValue = ensemble.baseScore + this.#shap.baseValue
      return
    }
    if (background.nRows === 0) throw new AssayError('BACKGROUND_EMPTY', {})
    this.#shap = new InterventionalShap(ensemble, background)
    this.#baseValue = this.#rawScores(background).reduce((sum, raw) => sum + raw, 0) / background.nRows
  }

  /**
   * Contributions to the raw scores of all rows. Columns are matched by name; further columns are ignored. A row's contributions
   * do not depend on the rows beside it, not in one bit.
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, what `checkTable` throws, and EXPLANATION_INEXACT should a sum not hold
   */
  explain(table: Table): Explanation {
    const { preparation, unit } = this.#ensemble
    const explanation = {
      unit,
      baseValue: this.#baseValue,
      features: preparation.map(({ name }) => name),
      nRows: table.nRows,
      values: this.#shap.values(table),
      raw: this.#rawScores(table),
    }
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
    const nFeatures = whole.features.length
    const values = new Float64Array(nRows * nFeatures)
    const raw = new Float64Array(nRows)
    const batchRows = this.#batchRows()
    for (let begin = 0; begin < nRows; begin += batchRows) {
      await takeTurn(hooks)
      const end = Math.min(nRows, begin + batchRows)
      const rows = Int32Array.from({ length: end - begin }, (_, i) => begin + i)
      const batch = this.explain(takeRows(table, rows))
      values.set(batch.values, begin * nFeatures)
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
    if (!(this.#shap instanceof PathDependentShap)) throw new AssayError('INTERACTIONS_WITH_BACKGROUND', {})
    const matrices = this.#shap.pairs(table)
    const { nRows, values } = this.explain(table)
    const nFeatures = this.#ensemble.preparation.length
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

  #batchRows(): number {
    const nNodes = this.#ensemble.trees.nodes.length / NODE_BYTES
    return Math.min(MAX_BATCH_ROWS, Math.max(MIN_BATCH_ROWS, Math.floor(BATCH_NODES / nNodes)))
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
