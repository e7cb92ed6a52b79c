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
  const { min, max } = finiteRange(values)
  const given = presentNumbers(values, min, max)
  const givenWeights = weights?.filter((_, row) => !Number.isNaN(values[row]))
  // Without weights `quantile` puts the numbers into another order, which the next does not mind.
  const median = quantile(given, givenWeights, 0.5)
  const { clipQuantile } = options
  const lower = clipQuantile > 0 ? quantile(given, givenWeights, clipQuantile) : -Infinity
  const upper = clipQuantile > 0 ? quantile(given, givenWeights, 1 - clipQuantile) : Infinity
  const hasMissing = given.length > 0 && given.length < values.length
  const limits = { min, max, lower, upper, median, hasMissing }
  const spread = meanAndDeviation(preparedNumbers(limits, values), weights)
  const hasValue = spread.deviation > 0
  return { kind, name, ...(format ? { format } : {}), ...limits, ...spread, hasValue }
}

type Limits = Pick<NumberTerms, 'median' | 'min' | 'max' | 'lower' | 'upper'>

/** `preparedNumber` of each. */
export function preparedNumbers(limits: Limits, values: Float64Array): Float64Array {
  const prepared = new Float64Array(values.length)
  for (let row = 0; row < values.length; row++) prepared[row] = preparedNumber(limits, values[row])
  return prepared
}

/** The number after imputation, infinities and clipping, before standardising. */
export function preparedNumber({ median, min, max, lower, upper }: Limits, value: number): number {
  const known = Number.isNaN(value) ? median : withinRange(value, min, max)
  return Math.min(Math.max(known, lower), upper)
}

/** The numbers that are not missing, in their order. */
function presentNumbers(values: Float64Array, min: number, max: number): Float64Array {
  const present = new Float64Array(values.length)
  let n = 0
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row])) present[n++] = withinRange(values[row], min, max)
  }
  return present.subarray(0, n)
}

function withinRange(value: number, min: number, max: number): number {
  if (value === Infinity) return max
  if (value === -Infinity) return min
  return Math.min(Math.max(value, -LARGEST), LARGEST)
}

/** Of the finite values. Where there are infinite ones alone, they are as far apart as -1 and 1. */
function finiteRange(values: Float64Array): { min: number; max: number } {
  let [min, max, isEmpty] = [Infinity, -Infinity, true]
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (Number.isNaN(value)) continue
    isEmpty = false
    if (value < min && value !== -Infinity) min = value
    if (value > max && value !== Infinity) max = value
  }
  if (isEmpty) return { min: NaN, max: NaN }
  if (min > max) return { min: -1, max: 1 }
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
