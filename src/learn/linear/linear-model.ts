import { levelFrom, matchColumns, numberFrom, valueIn } from '../inputs.ts'
import type { Model, Signature } from '../model/model.ts'
import { checkTable, type CategoryColumn, type NumberColumn, type Table } from '../table.ts'
import { termsOfCodes, type CategoryTerms } from './category-terms.ts'
import { monthOfDays, N_MONTHS, weekdayOfDays } from './date-parts.ts'
import { describeCoefficients } from './describe-coefficients.ts'
import type { LinearFit } from './logistic-regression.ts'
import { preparedNumber, type NumberTerms } from './number-terms.ts'
import type { LogisticRegressionOptions } from './options.ts'
import { hasCalendar, preparationNotes, termOffsets } from './preparation.ts'

/** A logistic regression as a model. The score of a row is 1 / (1 + e^−m), m the sum of intercept and terms. */
export class LinearModel implements Model {
  readonly algorithm = 'logistic_regression'
  readonly signature: Signature
  readonly options: Readonly<LogisticRegressionOptions>
  readonly fit: LinearFit
  readonly #offsets: number[]
  readonly #termOfLevel: ReadonlyMap<string, number>[]

  constructor(signature: Signature, options: Readonly<LogisticRegressionOptions>, fit: LinearFit) {
    this.signature = signature
    this.options = options
    this.fit = fit
    this.#offsets = termOffsets(fit.preparation)
    this.#termOfLevel = fit.preparation.map((terms) => {
      const levels = terms.kind === 'category' ? terms.levels : []
      return new Map(levels.map((level, index) => [level, index + 1]))
    })
  }

  /**
   * Scores of all rows, columns matched by name. O(rows x columns), on the caller's thread.
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  predict(table: Table): Float64Array {
    const margin = new Float64Array(table.nRows).fill(this.fit.intercept)
    for (const addend of this.#addends(table)) for (let row = 0; row < margin.length; row++) margin[row] += addend[row]
    return margin.map(scoreOf)
  }

  /**
   * What each column adds to the log-odds of each row: one array a column, shape (nRows,), in the order of the signature.
   * @throws as `predict`
   */
  addends(table: Table): Float64Array[] {
    return [...this.#addends(table)]
  }

  /**
   * The score of one row, equal to that of `predict` bit for bit. null is missing; a date may be its ISO text.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  predictRow(row: Readonly<Record<string, unknown>>): number {
    let margin = this.fit.intercept
    for (let f = 0; f < this.fit.preparation.length; f++) {
      const terms = this.fit.preparation[f]
      const value = valueIn(row, terms)
      if (terms.kind === 'number') margin += this.#ofNumber(terms, f, numberFrom(value, terms))
      else margin += this.#ofLevel(terms, f, levelFrom(value, terms))
    }
    return scoreOf(margin)
  }

  describe(): object {
    const { preparation, convergence } = this.fit
    const warnings = preparationNotes(preparation)
    if (convergence.outcome === 'iterations') {
      warnings.unshift(
        `Training ended after ${convergence.nIterations} iterations before it converged: a slope of ` +
          `${convergence.slope.toExponential(1)} is left where ${this.options.tolerance} was wanted. Allow more ` +
          'iterations (maxIterations), or penalise more (a smaller c).',
      )
    }
    return {
      algorithm: this.algorithm,
      options: this.options,
      nFeatures: preparation.length,
      nTerms: this.#offsets.at(-1),
      convergence,
      warnings,
      ...describeCoefficients(this.fit),
    }
  }

  /** One column at a time, so that scoring holds no more than one of them. */
  *#addends(table: Table): Generator<Float64Array> {
    checkTable(table)
    const { preparation } = this.fit
    const columns = matchColumns(preparation, table)
    for (const [f, terms] of preparation.entries()) {
      if (terms.kind === 'number') yield this.#ofNumbers(terms, f, columns[f] as NumberColumn)
      else yield this.#ofLevels(terms, f, columns[f] as CategoryColumn)
    }
  }

  #ofNumbers(terms: NumberTerms, f: number, { values }: NumberColumn): Float64Array {
    const addend = new Float64Array(values.length)
    for (let row = 0; row < addend.length; row++) addend[row] = this.#ofNumber(terms, f, values[row])
    return addend
  }

  #ofLevels(terms: CategoryTerms, f: number, { codes, levels }: CategoryColumn): Float64Array {
    const at = this.#offsets[f]
    const ofCode = Float64Array.from(termsOfCodes(terms, levels), (term) => this.#coefficient(at, term))
    const addend = new Float64Array(codes.length)
    for (let row = 0; row < addend.length; row++) addend[row] = ofCode[codes[row] + 1]
    return addend
  }

  /** What a number adds to the margin. */
  #ofNumber(terms: NumberTerms, f: number, value: number): number {
    const { coefficients } = this.fit
    let at = this.#offsets[f]
    let sum = 0
    const isMissing = Number.isNaN(value)
    const number = preparedNumber(terms, value)
    if (terms.hasValue) sum += coefficients[at++] * ((number - terms.mean) / terms.deviation)
    if (terms.hasMissing) {
      if (isMissing) sum += coefficients[at]
      at++
    }
    if (hasCalendar(terms) && !isMissing) {
      sum += coefficients[at + monthOfDays(number)] + coefficients[at + N_MONTHS + weekdayOfDays(number)]
    }
    return sum
  }

  /** What a level adds to the margin. */
  #ofLevel(terms: CategoryTerms, f: number, level: string | null): number {
    const at = this.#offsets[f]
    const others = terms.levels.length + 1
    if (level === null) return this.#coefficient(at, terms.hasMissing ? others + Number(terms.hasOthers) : 0)
    return this.#coefficient(at, this.#termOfLevel[f].get(level) ?? (terms.hasOthers ? others : 0))
  }

  /** The coefficient of a column's term counted from 1; the term 0 is none. */
  #coefficient(at: number, term: number): number {
    return term === 0 ? 0 : this.fit.coefficients[at + term - 1]
  }
}

function scoreOf(margin: number): number {
  const e = Math.exp(-Math.abs(margin))
  return margin >= 0 ? 1 / (1 + e) : e / (1 + e)
}
