import { formatNumber } from '../../../components/format.ts'

/** A bound or a quantile: numbers short, dates and texts as they are. */
export const valueText = (value: number | string | null) =>
  value === null ? '–' : typeof value === 'number' ? formatNumber(value) : value
