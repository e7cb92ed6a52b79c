import type { FeatureValue } from './contribution.ts'
import { levelsOf, valueText } from './feature-value.ts'

/** Rows of one level of a category, or of all levels for which there is no room. */
export type LevelRow = {
  /** Tells levels apart; a level called `missing` is not the missing one. */
  name: string
  label: string
  /** Row numbers. */
  rows: number[]
}

const nameOf = (level: string | null) => (level === null ? 'missing' : `= ${level}`)

/** The rows of each level in the order of `levelsOf`: of the `most` most frequent ones, then of all others, then the missing. */
export function levelRows(values: FeatureValue[], most = 14): LevelRow[] {
  const rows = new Map<string | null, number[]>(levelsOf(values).map((level) => [level, []]))
  for (const [row, value] of values.entries()) rows.get(value === null ? null : String(value))!.push(row)
  const levels = [...rows.keys()].filter((level) => level !== null)
  const kept = new Set(levels.toSorted((a, b) => rows.get(b)!.length - rows.get(a)!.length).slice(0, most))
  const others = levels.filter((level) => !kept.has(level))
  return [
    ...levels
      .filter((level) => kept.has(level))
      .map((level) => ({ name: nameOf(level), label: valueText(level, {}), rows: rows.get(level)! })),
    ...(others.length === 0
      ? []
      : [{ name: 'others', label: `${others.length} others`, rows: others.flatMap((level) => rows.get(level)!) }]),
    ...(rows.has(null) ? [{ name: nameOf(null), label: 'missing', rows: rows.get(null)! }] : []),
  ]
}
