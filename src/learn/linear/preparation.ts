import type { Table } from '../table.ts'
import { fitCategory, type CategoryTerms } from './category-terms.ts'
import { N_MONTHS, N_WEEKDAYS, WEEKDAYS } from './date-parts.ts'
import { fitNumber, type FitOptions, type NumberTerms } from './number-terms.ts'

export type ColumnTerms = NumberTerms | CategoryTerms

/** The fitted preparation of a linear model: how each column becomes terms, in the order of the training table. */
export type LinearPreparation = readonly ColumnTerms[]

/** Learns from the training rows alone; does not depend on their order. O(rows x columns). */
export function fitLinearPreparation(
  table: Table,
  weights: Float64Array | undefined,
  options: FitOptions,
): LinearPreparation {
  return table.columns.map((column) =>
    column.kind === 'number' ? fitNumber(column, weights, options) : fitCategory(column, weights, options),
  )
}

/** How many coefficients a column has. */
export function countTerms(terms: ColumnTerms): number {
  if (terms.kind === 'category') return terms.levels.length + Number(terms.hasOthers) + Number(terms.hasMissing)
  return Number(terms.hasValue) + Number(terms.hasMissing) + (hasCalendar(terms) ? N_MONTHS + N_WEEKDAYS : 0)
}

/** Dates that vary have terms for month and weekday beside that for the days. */
export function hasCalendar(terms: NumberTerms): boolean {
  return terms.format === 'date' && terms.hasValue
}

/** Index of each column's first coefficient, and their number at the end. */
export function termOffsets(preparation: LinearPreparation): number[] {
  const offsets = [0]
  for (const terms of preparation) offsets.push(offsets.at(-1)! + countTerms(terms))
  return offsets
}

/** What each coefficient of a column stands for, for people: 'value', 'missing', a month, `= level`, 'others'. */
export function termNames(terms: ColumnTerms): string[] {
  const missing = terms.hasMissing ? ['missing'] : []
  if (terms.kind === 'category') {
    return [...terms.levels.map((level) => `= ${level}`), ...(terms.hasOthers ? ['others'] : []), ...missing]
  }
  const months = Array.from({ length: N_MONTHS }, (_, month) => `month ${month + 1}`)
  return [...(terms.hasValue ? ['value'] : []), ...missing, ...(hasCalendar(terms) ? [...months, ...WEEKDAYS] : [])]
}

/** What a person should know of the preparation: columns that say nothing and were dropped. */
export function preparationNotes(preparation: LinearPreparation): string[] {
  return preparation.flatMap((terms) => {
    if (countTerms(terms) === 0) return [`Column ${terms.name} is constant in the training rows and was dropped.`]
    if (terms.kind === 'number' && !terms.hasValue)
      return [
        `The numbers of column ${terms.name} are all equal in the training rows; only whether it is missing counts.`,
      ]
    return []
  })
}
