import { modelBytesInvalid, type EncodedModel, type ModelCodec, type ModelHeader } from '../model/codec.ts'
import type { AnyModel } from '../model/any-model.ts'
import { LinearModel } from './linear-model.ts'
import type { Convergence } from './logistic-regression.ts'
import type { CategoryTerms } from './category-terms.ts'
import type { NumberTerms } from './number-terms.ts'
import { resolveLogisticOptions, type LogisticRegressionOptions } from './options.ts'
import { termOffsets, type ColumnTerms, type LinearPreparation } from './preparation.ts'
import { linearSignature } from './signature.ts'

/*
 * The body of a logistic regression, all float64:
 *
 *   numbers       for each number column: median, min, max, lower, upper, mean, deviation
 *   coefficients  in the order of the terms
 *   intercept
 *   slope         that training left
 */
const NUMBER_FIELDS = ['median', 'min', 'max', 'lower', 'upper', 'mean', 'deviation'] as const

type NumberHeader = Omit<NumberTerms, (typeof NUMBER_FIELDS)[number]>

type Header = ModelHeader & {
  target: string
  positive: string
  options: LogisticRegressionOptions
  convergence: Pick<Convergence, 'outcome' | 'nIterations'>
  columns: (NumberHeader | CategoryTerms)[]
}

const OUTCOMES: readonly string[] = ['converged', 'precision', 'iterations'] satisfies Convergence['outcome'][]

export const linearCodec: ModelCodec<LinearModel> = {
  algorithm: 'logistic_regression',
  accepts: (model: AnyModel): model is LinearModel => model instanceof LinearModel,

  encode({ algorithm, signature, options, fit }): EncodedModel {
    const { preparation, coefficients, intercept, convergence } = fit
    const { outcome, nIterations, slope } = convergence
    const numbers = preparation.flatMap((terms) =>
      terms.kind === 'number' ? NUMBER_FIELDS.map((field) => terms[field]) : [],
    )
    const header: Header = {
      algorithm,
      target: signature.target,
      positive: signature.positive,
      options: { ...options },
      convergence: { outcome, nIterations },
      columns: preparation.map(columnHeader),
    }
    return { header, parts: [Float64Array.from(numbers), coefficients, Float64Array.of(intercept, slope)] }
  },

  decode(given, body) {
    const header = given as Header
    const { outcome, nIterations } = header.convergence
    if (!OUTCOMES.includes(outcome)) throw modelBytesInvalid(`the outcome ${outcome}`, OUTCOMES.join(', '))
    const nNumbers = header.columns.filter((column) => column.kind === 'number').length * NUMBER_FIELDS.length
    if (body.length % 8 !== 0 || body.length / 8 < nNumbers + 2) throw wrongLength(body, nNumbers + 2, 'at least ')
    const values = new Float64Array(body.buffer)
    const preparation = preparationOf(header.columns, values.subarray(0, nNumbers))
    const nTerms = termOffsets(preparation).at(-1)!
    if (values.length !== nNumbers + nTerms + 2) throw wrongLength(body, nNumbers + nTerms + 2)
    const coefficients = values.slice(nNumbers, nNumbers + nTerms)
    const [intercept, slope] = values.subarray(nNumbers + nTerms)
    if (![...coefficients, intercept].every(Number.isFinite)) {
      throw modelBytesInvalid('a coefficient that is no finite number', 'finite coefficients')
    }
    const signature = linearSignature(preparation, header.target, header.positive)
    const convergence = { outcome, nIterations, slope }
    return new LinearModel(signature, resolveLogisticOptions(header.options), {
      preparation,
      coefficients,
      intercept,
      convergence,
    })
  },
}

function columnHeader(terms: ColumnTerms): NumberHeader | CategoryTerms {
  if (terms.kind === 'category') return terms
  const { kind, name, format, hasValue, hasMissing } = terms
  return { kind, name, ...(format ? { format } : {}), hasValue, hasMissing }
}

function preparationOf(columns: Header['columns'], numbers: Float64Array): LinearPreparation {
  let at = 0
  return columns.map((column): ColumnTerms => {
    if (column.kind === 'category') return column
    const [median, min, max, lower, upper, mean, deviation] = numbers.subarray(at, (at += NUMBER_FIELDS.length))
    if (column.hasValue && !(deviation > 0)) {
      throw modelBytesInvalid(`the deviation ${deviation} of column ${column.name}`, 'a number above 0')
    }
    return { ...column, median, min, max, lower, upper, mean, deviation }
  })
}

function wrongLength(body: Uint8Array, wanted: number, than = ''): Error {
  return modelBytesInvalid(`${body.length} bytes after the header`, `${than}${8 * wanted}`)
}
