import { formatNumber } from '../../../components/format.ts'

/** A bound or a quantile: numbers short, but whole ones below 10,000 as they are, as years are; dates and texts as they are. */
export function valueText(value: number | string | null): string {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  return Number.isInteger(value) && Math.abs(value) < 10_000 ? String(value).replace('-', '−') : formatNumber(value)
}
