/** A dataset in figures, column by column. It lives in an artifact: quantiles and frequent values are raw data. */
export type DatasetProfile = { nRows: number; columns: ColumnProfile[] }

export type ColumnProfile = {
  name: string
  /** DuckDB's name of the stored type */
  type: string
  role: string
  n: number
  nMissing: number
  nDistinct: number
  /** false: an estimate, within a few per cent */
  isDistinctExact: boolean
  numbers?: NumberProfile
  dates?: DateProfile
  /** the most frequent values, at most 20; absent for numbers, dates, keys and personal data */
  top?: { value: string; n: number }[]
}

export type NumberProfile = {
  min: number
  max: number
  mean: number
  /** of the sample (n - 1); null for a single value */
  sd: number | null
  /** type 7, as NumPy and R have it */
  quantiles: { p: number; value: number }[]
  /** false: an estimate (t-digest) */
  areQuantilesExact: boolean
  /** at most 30 bins that join each other; the first and the last reach to the least and the largest value */
  histogram: { from: number; to: number; n: number }[]
}

export type DateProfile = {
  /** ISO 8601, UTC */
  min: string
  max: string
  period: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'decade'
  /** by the first day of the period; periods without rows are left out */
  counts: { start: string; n: number }[]
}
