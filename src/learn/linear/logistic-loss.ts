import type { Design } from './design.ts'

/** Rows at a time: their margins stay in the processor's first cache while all columns are added. */
const CHUNK_ROWS = 2048
/** Cells between two looks at the signal: some tens of milliseconds. */
const CELLS_BETWEEN_BREAKS = 2 ** 24

/** Called now and then while rows are summed, so that the event loop runs; throws to end the training. */
export type Breather = () => Promise<void>

/**
 * Mean logistic loss of a linear score over weighted rows, with its gradient: Σ w·(ln(1 + e^m) − y·m) / Σ w for the margin
 * m = intercept + Σ coefficients. Parameters are the coefficients, then the intercept.
 *
 * Rows are summed in fixed chunks and in a fixed order, so a result is the same to the last bit on every run.
 */
export class LogisticLoss {
  readonly nParameters: number
  /** Sum of the rows' weights. */
  readonly total: number
  readonly #design: Design
  readonly #y: Uint8Array
  readonly #weights: Float64Array | undefined
  readonly #breathe: Breather
  /** Coefficients of each block; a block of codes has one more in front that stays 0, for rows without a code. */
  readonly #slots: Float64Array[]
  readonly #slotGradients: Float64Array[]
  readonly #margin = new Float64Array(CHUNK_ROWS)

  constructor(design: Design, y: Uint8Array, weights: Float64Array | undefined, breathe: Breather) {
    this.#design = design
    this.#y = y
    this.#weights = weights
    this.#breathe = breathe
    this.nParameters = design.nTerms + 1
    this.total = weights ? weights.reduce((sum, weight) => sum + weight, 0) : design.nRows
    const slotsOf = (): Float64Array[] =>
      design.blocks.map((block) => new Float64Array(block.kind === 'values' ? 1 : block.nCodes + 1))
    this.#slots = slotsOf()
    this.#slotGradients = slotsOf()
  }

  /**
   * @param parameters shape (nParameters,)
   * @param gradient   shape (nParameters,), overwritten
   * O(rows x blocks).
   */
  async evaluate(parameters: Float64Array, gradient: Float64Array): Promise<number> {
    const { nRows, nTerms, blocks } = this.#design
    this.#spread(parameters)
    for (const slots of this.#slotGradients) slots.fill(0)
    const sums = { loss: 0, residual: 0 }
    const rowsBetweenBreaks = Math.ceil(CELLS_BETWEEN_BREAKS / (blocks.length + 8) / CHUNK_ROWS) * CHUNK_ROWS
    for (let begin = 0; begin < nRows; begin += CHUNK_ROWS) {
      if (begin % rowsBetweenBreaks === 0) await this.#breathe()
      this.#addChunk(begin, Math.min(nRows, begin + CHUNK_ROWS), parameters[nTerms], sums)
    }
    this.#gather(gradient)
    gradient[nTerms] = sums.residual / this.total
    return sums.loss / this.total
  }

  /** Second derivative of the mean loss by each parameter where all coefficients are 0 and every score is `rate`. */
  curvature(rate: number): Float64Array {
    const curvature = new Float64Array(this.nParameters)
    const { nRows, nTerms, blocks } = this.#design
    for (const block of blocks) {
      for (let row = 0; row < nRows; row++) {
        const weight = this.#weights ? this.#weights[row] : 1
        if (block.kind === 'values') curvature[block.at] += weight * block.values[row] ** 2
        else if (block.codes[row] > 0) curvature[block.at + block.codes[row] - 1] += weight
      }
    }
    curvature[nTerms] = this.total
    return curvature.map((sum) => (sum / this.total) * rate * (1 - rate))
  }

  #addChunk(begin: number, end: number, intercept: number, sums: { loss: number; residual: number }): void {
    const margin = this.#margin.subarray(0, end - begin).fill(intercept)
    this.#design.blocks.forEach((block, b) => {
      if (block.kind === 'values') addValues(margin, block.values.subarray(begin, end), this.#slots[b][0])
      else addCodes(margin, block.codes.subarray(begin, end), this.#slots[b])
    })
    this.#toResiduals(margin, begin, sums)
    this.#design.blocks.forEach((block, b) => {
      if (block.kind === 'values') this.#slotGradients[b][0] += dotValues(margin, block.values.subarray(begin, end))
      else sumByCode(margin, block.codes.subarray(begin, end), this.#slotGradients[b])
    })
  }

  /** Turns the margins of a chunk into weighted residuals, score minus label, and adds up losses and residuals. */
  #toResiduals(margin: Float64Array, begin: number, sums: { loss: number; residual: number }): void {
    const [y, weights] = [this.#y, this.#weights]
    let [loss, residuals] = [0, 0]
    for (let i = 0; i < margin.length; i++) {
      const m = margin[i]
      const label = y[begin + i]
      const weight = weights ? weights[begin + i] : 1
      // e^-|m| cannot overflow.
      const e = Math.exp(-Math.abs(m))
      const score = m >= 0 ? 1 / (1 + e) : e / (1 + e)
      loss += weight * (Math.log1p(e) + Math.max(m, 0) - label * m)
      const residual = weight * (score - label)
      residuals += residual
      margin[i] = residual
    }
    sums.loss += loss
    sums.residual += residuals
  }

  /** Coefficients to slots. */
  #spread(parameters: Float64Array): void {
    this.#design.blocks.forEach((block, b) => {
      if (block.kind === 'values') this.#slots[b][0] = parameters[block.at]
      else this.#slots[b].set(parameters.subarray(block.at, block.at + block.nCodes), 1)
    })
  }

  /** Slots to coefficients. */
  #gather(gradient: Float64Array): void {
    this.#design.blocks.forEach((block, b) => {
      const slots = this.#slotGradients[b]
      if (block.kind === 'values') gradient[block.at] = slots[0] / this.total
      else for (let k = 0; k < block.nCodes; k++) gradient[block.at + k] = slots[k + 1] / this.total
    })
  }
}

function addValues(margin: Float64Array, values: Float64Array, coefficient: number): void {
  for (let i = 0; i < margin.length; i++) margin[i] += coefficient * values[i]
}

/** Four sums side by side, so that the processor need not wait for each addition. */
function dotValues(residual: Float64Array, values: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0]
  let i = 0
  for (; i + 3 < residual.length; i += 4) {
    a += residual[i] * values[i]
    b += residual[i + 1] * values[i + 1]
    c += residual[i + 2] * values[i + 2]
    d += residual[i + 3] * values[i + 3]
  }
  for (; i < residual.length; i++) a += residual[i] * values[i]
  return a + b + (c + d)
}

function addCodes(margin: Float64Array, codes: Uint16Array, slots: Float64Array): void {
  for (let i = 0; i < margin.length; i++) margin[i] += slots[codes[i]]
}

function sumByCode(residual: Float64Array, codes: Uint16Array, slots: Float64Array): void {
  for (let i = 0; i < residual.length; i++) slots[codes[i]] += residual[i]
}
