import type { CategoryColumn, Column, NumberColumn } from '../table.ts'
import { termsOfCodes, type CategoryTerms } from './category-terms.ts'
import { monthOfDays, N_MONTHS, N_WEEKDAYS, weekdayOfDays } from './date-parts.ts'
import { preparedNumber, preparedNumbers, type NumberTerms } from './number-terms.ts'
import { hasCalendar, termOffsets, type LinearPreparation } from './preparation.ts'

/** One coefficient times a number in each row. */
export type ValueBlock = { kind: 'values'; at: number; values: Float64Array }

/**
 * Several coefficients of which at most one holds in each row: `at + code - 1`; the code 0 is none. It stands for as many
 * columns of zeros and ones, which never exist.
 */
export type CodeBlock = { kind: 'codes'; at: number; nCodes: number; codes: Uint16Array }

/** The prepared training rows: 8 bytes a number, 2 a category, whatever its number of levels. */
export type Design = { nRows: number; nTerms: number; blocks: (ValueBlock | CodeBlock)[] }

/** @param columns in the order of the preparation */
export function buildDesign(preparation: LinearPreparation, columns: readonly Column[], nRows: number): Design {
  const offsets = termOffsets(preparation)
  const blocks = preparation.flatMap((terms, f) =>
    terms.kind === 'number'
      ? numberBlocks(terms, columns[f] as NumberColumn, offsets[f])
      : categoryBlocks(terms, columns[f] as CategoryColumn, offsets[f]),
  )
  return { nRows, nTerms: offsets.at(-1)!, blocks }
}

function numberBlocks(terms: NumberTerms, { values }: NumberColumn, firstAt: number): (ValueBlock | CodeBlock)[] {
  const blocks: (ValueBlock | CodeBlock)[] = []
  let at = firstAt
  if (terms.hasValue) {
    const { mean, deviation } = terms
    const standardised = preparedNumbers(terms, values)
    for (let row = 0; row < standardised.length; row++) standardised[row] = (standardised[row] - mean) / deviation
    blocks.push({ kind: 'values', at: at++, values: standardised })
  }
  if (terms.hasMissing) blocks.push(codeBlock(values, at++, 1, (value) => (Number.isNaN(value) ? 1 : 0)))
  if (!hasCalendar(terms)) return blocks
  const dated = (part: (days: number) => number) => (value: number) =>
    Number.isNaN(value) ? 0 : part(preparedNumber(terms, value)) + 1
  const months = codeBlock(values, at, N_MONTHS, dated(monthOfDays))
  return [...blocks, months, codeBlock(values, at + N_MONTHS, N_WEEKDAYS, dated(weekdayOfDays))]
}

function codeBlock(values: Float64Array, at: number, nCodes: number, codeOf: (value: number) => number): CodeBlock {
  return { kind: 'codes', at, nCodes, codes: Uint16Array.from(values, codeOf) }
}

function categoryBlocks(terms: CategoryTerms, { codes, levels }: CategoryColumn, at: number): CodeBlock[] {
  const nCodes = terms.levels.length + Number(terms.hasOthers) + Number(terms.hasMissing)
  if (nCodes === 0) return []
  const termOf = termsOfCodes(terms, levels)
  return [{ kind: 'codes', at, nCodes, codes: Uint16Array.from(codes, (code) => termOf[code + 1]) }]
}
