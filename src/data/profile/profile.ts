import type { ContractColumn } from '../contract/contract.ts'

/** A dataset in figures, column by column. It lives in an artifact: quantiles and frequent values are raw data. */
export type DatasetProfile = { nRows: number; columns: ColumnProfile[] }

export type ColumnProfile = {
  name: string
  /** by the contract; what a policy made of the column where it has one */
  type: ContractColumn['type']
  nRows: number
  nMissing: number
  nDistinct: number
  /** false: an estimate, within a few per cent */
  isDistinctExact: boolean
  /** of numbers, and of dates as ISO 8601 in UTC; null for others and where every value is missing */
  min: number | string | null
  max: number | string | null
  mean: number | null
  /** of the sample (n - 1); null for a single value */
  standardDeviation: number | null
  /** of numbers at 1, 5, 25, 50, 75, 95 and 99 %; type 7, as NumPy and R have it */
  quantiles: { p: number; value: number }[]
  /** false: an estimate (t-digest) */
  areQuantilesExact: boolean
  /**
   * At most 30 bins of numbers that join each other, the first and the last reaching to the least and the largest value. Of dates
   * the bins are periods, in days since 1970-01-01; periods without rows are left out.
   */
  histogram: { from: number; to: number; n: number }[]
  /** of dates: what the bins are */
  period?: 'day' | 'week' | 'month' | 'quarter' | 'year' | 'decade'
  /** the most frequent values, at most 20; none of numbers, dates, keys and personal data */
  topValues: { value: string; n: number }[]
}
