import type { CategoryColumn } from '../table.ts'
import type { FitOptions } from './number-terms.ts'

/** How a category becomes terms of a linear model, one for each level (one-hot); learned from the training rows. */
export type CategoryTerms = {
  kind: 'category'
  name: string
  /** Levels with a term of their own, most frequent first, ties by name. None when the column was constant. */
  levels: string[]
  /** Whether other levels, rare ones, were seen in training, so that they share a term; levels never seen use it too. */
  hasOthers: boolean
  /** Whether missing has a term. */
  hasMissing: boolean
}

/** O(n + levels log levels). Does not depend on the order of rows or of the dictionary. */
export function fitCategory(
  { name, codes, levels }: CategoryColumn,
  weights: Float64Array | undefined,
  { maxLevels, minLevelRows }: FitOptions,
): CategoryTerms {
  const byCode = new Float64Array(levels.length + 1)
  for (let row = 0; row < codes.length; row++) byCode[codes[row] + 1] += weights ? weights[row] : 1
  const counts = new Map<string, number>()
  levels.forEach((level, code) => counts.set(level, (counts.get(level) ?? 0) + byCode[code + 1]))
  const seen = [...counts].filter(([, count]) => count > 0)
  const ordered = seen.filter(([, count]) => count >= minLevelRows)
  ordered.sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
  const kept = ordered.slice(0, maxLevels).map(([level]) => level)
  const hasOthers = kept.length < seen.length
  const hasMissing = byCode[0] > 0
  const nKinds = kept.length + Number(hasOthers) + Number(hasMissing)
  if (nKinds < 2) return { kind: 'category', name, levels: [], hasOthers: false, hasMissing: false }
  return { kind: 'category', name, levels: kept, hasOthers, hasMissing }
}

/**
 * Which of the column's terms holds for each code of a dictionary, counted from 1; 0 is none. Read it at code + 1, so that
 * -1 (missing) has its place. Terms are the levels in their order, then others, then missing.
 */
export function termsOfCodes(terms: CategoryTerms, levels: readonly string[]): Uint16Array {
  const termOf = new Map(terms.levels.map((level, index) => [level, index + 1]))
  const others = terms.hasOthers ? terms.levels.length + 1 : 0
  const missing = terms.hasMissing ? terms.levels.length + Number(terms.hasOthers) + 1 : 0
  return Uint16Array.of(missing, ...levels.map((level) => termOf.get(level) ?? others))
}
