import type { NumberColumn } from '../table.ts'
import type { LogisticRegressionOptions } from './options.ts'
import { quantile } from './quantile.ts'

/** Numbers beyond this count as this: their squares would leave the range of a double. */
const LARGEST = 1e140

/** How a column of numbers, or of dates in days, becomes terms of a linear model; learned from the training rows. */
export type NumberTerms = {
  kind: 'number'
  name: string
  format?: 'date'
  /** What a missing number counts as: the median. NaN when all were missing. */
  median: number
  /** Finite extremes, which ±Infinity counts as. NaN when there was no finite number. */
  min: number
  max: number
  /** Limits of clipping; infinite without. */
  lower: number
  upper: number
  /** Of the training rows after all of the above: the term is (x − mean) / deviation. */
  mean: number
  deviation: number
  /** Whether the number varied in training, so that it has a term; else it is dropped. */
  hasValue: boolean
  /** Whether some were missing and some not in training, so that missing has a term. */
  hasMissing: boolean
}

export type FitOptions = Pick<LogisticRegressionOptions, 'maxLevels' | 'minLevelRows' | 'clipQuantile'>

/** O(n) without weights, O(n log n) with. */
export function fitNumber(column: NumberColumn, weights: Float64Array | undefined, options: FitOptions): NumberTerms {
  const { kind, name, format, values } = column
  const isPresent = (_: number, row: number): boolean => !Number.isNaN(values[row])
  const given = values.filter(isPresent)
  const givenWeights = weights?.filter(isPresent)
  const { min, max } = finiteRange(given)
  const finite = given.map((value) => withinRange(value, min, max))
  const median = quantile(finite.slice(), givenWeights, 0.5)
  const { clipQuantile } = options
  const lower = clipQuantile > 0 ? quantile(finite.slice(), givenWeights, clipQuantile) : -Infinity
  const upper = clipQuantile > 0 ? quantile(finite.slice(), givenWeights, 1 - clipQuantile) : Infinity
  const hasMissing = given.length > 0 && given.length < values.length
  const limits = { min, max, lower, upper, median, hasMissing }
  const prepared = values.map((value) => preparedNumber(limits, value))
  const spread = meanAndDeviation(prepared, weights)
  const hasValue = spread.deviation > 0
  return { kind, name, ...(format ? { format } : {}), ...limits, ...spread, hasValue }
}

/** The number after imputation, infinities and clipping, before standardising. */
export function preparedNumber(
  terms: Pick<NumberTerms, 'median' | 'min' | 'max' | 'lower' | 'upper'>,
  value: number,
): number {
  const known = Number.isNaN(value) ? terms.median : withinRange(value, terms.min, terms.max)
  return Math.min(Math.max(known, terms.lower), terms.upper)
}

function withinRange(value: number, min: number, max: number): number {
  if (value === Infinity) return max
  if (value === -Infinity) return min
  return Math.min(Math.max(value, -LARGEST), LARGEST)
}

/** Of the finite values; where all are infinite, those are as far apart as can be told. */
function finiteRange(values: Float64Array): { min: number; max: number } {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min > max) return values.length > 0 ? { min: -1, max: 1 } : { min: NaN, max: NaN }
  return { min: withinRange(min, min, max), max: withinRange(max, min, max) }
}

/**
 * Mean and standard deviation (population), centred before squaring and scaled by the greatest distance, so that neither a
 * great mean nor tiny numbers spoil them. The deviation of equal values is exactly 0.
 */
function meanAndDeviation(values: Float64Array, weights?: Float64Array): { mean: number; deviation: number } {
  let [min, max, sum, total] = [Infinity, -Infinity, 0, 0]
  const first = values[0]
  for (let row = 0; row < values.length; row++) {
    const weight = weights ? weights[row] : 1
    sum += weight * (values[row] - first)
    total += weight
    if (values[row] < min) min = values[row]
    if (values[row] > max) max = values[row]
  }
  const mean = first + sum / total
  if (!(min < max)) return { mean: first, deviation: 0 }
  const distance = Math.max(max - mean, mean - min)
  let squares = 0
  for (let row = 0; row < values.length; row++) {
    squares += (weights ? weights[row] : 1) * ((values[row] - mean) / distance) ** 2
  }
  return { mean, deviation: distance * Math.sqrt(squares / total) }
}
