import { numberText } from '../words.ts'
import type { Feature, FeatureValue } from './contribution.ts'

export const dayMs = 86_400_000
/** Before or after 1970-01-01; beyond this no day can be written. */
export const mostDays = 100_000_000

/** The day that is so many days after 1970-01-01: `2024-02-29`. */
export const dayText = (days: number) =>
  Number.isFinite(days) && Math.abs(days) <= mostDays ? new Date(days * dayMs).toISOString().slice(0, 10) : '–'

/** What a model read, in words; null is `missing`. */
export function valueText(value: FeatureValue, { format }: Pick<Feature, 'format'>): string {
  if (value === null) return 'missing'
  if (typeof value === 'number') return format === 'date' ? dayText(value) : numberText(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === '' ? '(empty text)' : value
}

const collator = new Intl.Collator('en', { numeric: true })

/** Values of a category in the one order that every picture has: by name, numbers in names by their size; missing last. */
export function levelsOf(values: Iterable<FeatureValue>): (string | null)[] {
  const distinct = new Set([...values].map((value) => (value === null ? null : String(value))))
  const levels = [...distinct].filter((level) => level !== null).toSorted(collator.compare)
  return distinct.has(null) ? [...levels, null] : levels
}
