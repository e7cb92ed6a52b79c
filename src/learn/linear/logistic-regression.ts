import { AssayError } from '../../errors/index.ts'
import { checkTrainingData, takeRows, type Table } from '../table.ts'
import { takeTurn } from '../take-turn.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { buildDesign } from './design.ts'
import { LogisticLoss } from './logistic-loss.ts'
import { minimise, type Minimum, type Objective } from './minimise.ts'
import { diagonalPreconditioner, matrixPreconditioner, type Preconditioner } from './preconditioner.ts'
import { resolveLogisticOptions, type LogisticRegressionOptions } from './options.ts'
import { fitLinearPreparation, type LinearPreparation } from './preparation.ts'

/** How training ended; a normal outcome either way, see `describe()` of the model. */
export type Convergence = Pick<Minimum, 'outcome' | 'nIterations' | 'slope'>

/** A fitted logistic regression. */
export type LinearFit = {
  preparation: LinearPreparation
  /** One for each term of the preparation, on the scale of the prepared terms. */
  coefficients: Float64Array
  intercept: number
  convergence: Convergence
}

/** Keeps the scale of a term that no row uses away from 0. */
const MIN_CURVATURE = 1e-12

type Rows = { table: Table; y: Uint8Array; weights?: Float64Array }

/**
 * Logistic regression for two classes with an elastic net, over numbers and categories as they come: it imputes, standardises
 * and encodes by a preparation learned from the same rows. It minimises what scikit-learn minimises:
 *
 *   c · Σ wᵢ·ln(1 + e^(−yᵢ·mᵢ)) + (1 − l1Ratio)/2 · ‖β‖₂² + l1Ratio · ‖β‖₁        (yᵢ = ±1; the intercept is not penalised)
 *
 * Training is deterministic in (table, y, weights, options). A weight counts a row that often, also in the preparation.
 */
export class LogisticRegression {
  readonly options: Readonly<LogisticRegressionOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<LogisticRegressionOptions> = {}) {
    this.options = resolveLogisticOptions(options)
  }

  /**
   * Learns from all rows. O(iterations x rows x columns): categories cost as much as numbers, whatever their levels. Memory:
   * 8 bytes a number, 2 a category. Progress is told in iterations, of which there are seldom more than 100.
   * @param y       labels, shape (nRows,), 0 or 1
   * @param weights at least 0, shape (nRows,)
   * @throws what `checkTrainingData` throws, WEIGHTS_INVALID; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(table: Table, y: Uint8Array, weights?: Float64Array, hooks: TrainHooks = {}): Promise<LinearFit> {
    checkTrainingData(table, y)
    const rows = weights ? weighted(table, y, weights) : { table, y }
    const preparation = fitLinearPreparation(rows.table, rows.weights, this.options)
    const design = buildDesign(preparation, rows.table.columns, rows.table.nRows)
    const lossWeights = this.options.classWeight === 'balanced' ? balanced(rows) : rows.weights
    const loss = new LogisticLoss(design, rows.y, lossWeights, () => takeTurn(hooks.signal))
    const rate = rateOf(rows.y, lossWeights)
    const precondition = (curvature: Float64Array): Preconditioner =>
      matrixPreconditioner(design, lossWeights, rate, curvature)
    const minimum = await this.#minimise(loss, { rate, precondition }, hooks)
    const { outcome, nIterations, slope, x } = minimum
    return {
      preparation,
      coefficients: x.slice(0, design.nTerms),
      intercept: x[design.nTerms],
      convergence: { outcome, nIterations, slope },
    }
  }

  async #minimise(
    loss: LogisticLoss,
    start: { rate: number; precondition: (curvature: Float64Array) => Preconditioner },
    { progress }: TrainHooks,
  ): Promise<Minimum> {
    const { c, l1Ratio, tolerance, maxIterations } = this.options
    const nTerms = loss.nParameters - 1
    const l1 = new Float64Array(loss.nParameters).fill(l1Ratio / (c * loss.total), 0, nTerms)
    const l2 = new Float64Array(loss.nParameters).fill((1 - l1Ratio) / (c * loss.total), 0, nTerms)
    const { rate } = start
    const x = new Float64Array(loss.nParameters)
    x[nTerms] = Math.log(rate / (1 - rate))
    const objective: Objective = async (at, gradient) => {
      let value = await loss.evaluate(at, gradient)
      for (let j = 0; j < nTerms; j++) {
        value += (l2[j] / 2) * at[j] ** 2
        gradient[j] += l2[j] * at[j]
      }
      return value
    }
    const curvature = loss.curvature(rate).map((value, j) => Math.max(value + l2[j], MIN_CURVATURE))
    const onIteration = (done: number): void => progress?.(done, maxIterations)
    // Steps that keep to an orthant are cut coordinate by coordinate, which agrees with a diagonal alone.
    const precondition = l1Ratio > 0 ? diagonalPreconditioner(curvature) : start.precondition(curvature)
    const options = { start: x, curvature, precondition, l1, tolerance, maxIterations, onIteration }
    const minimum = await minimise(objective, options)
    progress?.(maxIterations, maxIterations)
    return minimum
  }
}

/** Rows of weight 0 are as if they were not there. */
function weighted(table: Table, y: Uint8Array, weights: Float64Array): Rows {
  if (weights.length !== y.length) {
    throw new AssayError('WEIGHTS_INVALID', { reason: `there are ${weights.length} for ${y.length} rows` })
  }
  const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity))
  if (bad >= 0) throw new AssayError('WEIGHTS_INVALID', { reason: `row ${bad} has the weight ${weights[bad]}` })
  const used = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0)
  const labels = Uint8Array.from(used, (row) => y[row])
  if (!labels.includes(0) || !labels.includes(1)) {
    throw new AssayError('WEIGHTS_INVALID', { reason: 'no row of one of the classes has a weight above 0' })
  }
  return { table: takeRows(table, used), y: labels, weights: Float64Array.from(used, (row) => weights[row]) }
}

/** Weights that give both classes the same sum, without changing the sum of all (scikit-learn's 'balanced'). */
function balanced({ y, weights }: Rows): Float64Array {
  const rate = rateOf(y, weights)
  return Float64Array.from(y, (label, row) => (weights ? weights[row] : 1) / (2 * (label === 1 ? rate : 1 - rate)))
}

function rateOf(y: Uint8Array, weights: Float64Array | undefined): number {
  let [positive, total] = [0, 0]
  for (let row = 0; row < y.length; row++) {
    const weight = weights ? weights[row] : 1
    positive += weight * y[row]
    total += weight
  }
  return positive / total
}
