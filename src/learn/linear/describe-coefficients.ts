import type { LinearFit } from './logistic-regression.ts'
import { termNames, termOffsets } from './preparation.ts'

/** One coefficient, for people. */
export type DescribedCoefficient = {
  column: string
  /** See `termNames`. */
  term: string
  /** Change of the log-odds for one standard deviation of a number; for all other terms, when they hold. */
  standardised: number
  /** Change of the log-odds for one unit of the column (a day for dates); equal to `standardised` for other terms. */
  perUnit: number
  /** Factor of the odds for one unit, and for one standard deviation. */
  oddsRatio: number
  oddsRatioPerDeviation: number
}

/**
 * The coefficients on the scale of the prepared terms and on that of the columns, with what they make of the odds. The
 * intercept is that of a row whose numbers are average (`standardised`) or 0 (`perUnit`) and for which no other term holds.
 */
export function describeCoefficients({ preparation, coefficients, intercept }: LinearFit): {
  intercept: { standardised: number; perUnit: number }
  coefficients: DescribedCoefficient[]
} {
  const offsets = termOffsets(preparation)
  let perUnitIntercept = intercept
  const described = preparation.flatMap((terms, f) =>
    termNames(terms).map((term, k): DescribedCoefficient => {
      const standardised = coefficients[offsets[f] + k]
      const isValue = terms.kind === 'number' && terms.hasValue && k === 0
      const perUnit = isValue ? standardised / terms.deviation : standardised
      if (isValue) perUnitIntercept -= perUnit * terms.mean
      const odds = { oddsRatio: Math.exp(perUnit), oddsRatioPerDeviation: Math.exp(standardised) }
      return { column: terms.name, term, standardised, perUnit, ...odds }
    }),
  )
  return { intercept: { standardised: intercept, perUnit: perUnitIntercept }, coefficients: described }
}
