import { useCallback } from 'react'
import type { ColumnProfile } from '../../../api/data-types.ts'
import { Drawing, type Make } from '../../../components/drawing.tsx'
import { Facts, type Fact } from '../../../components/facts.tsx'
import { formatCount, formatNumber, formatShare } from '../../../components/format.ts'
import classes from './profile.module.css'
import { valueText } from './value-text.ts'

/** One column: its figures, how it is spread, its most frequent values. */
export function ColumnDetail({ column }: { column: ColumnProfile }) {
  const { name, histogram, topValues, nRows, nMissing, nDistinct } = column
  const isDate = column.type === 'date' || column.type === 'timestamp'
  const spread = useCallback<Make>(
    ({ histogramPicture }) => histogramPicture({ name, bins: histogram, isDate }),
    [name, histogram, isDate],
  )
  const frequent = useCallback<Make>(
    ({ topValuesPicture }) => topValuesPicture({ name, values: topValues, nRows: nRows - nMissing, nDistinct }),
    [name, topValues, nRows, nMissing, nDistinct],
  )
  return (
    <section aria-label={`Column ${name}`} className={classes.detail} data-testid="column-detail">
      <h2 className={classes.title}>{name}</h2>
      <Facts facts={factsOf(column)} columns={2} />
      {histogram.length > 0 && <Drawing make={spread} />}
      {topValues.length > 0 && <Drawing make={frequent} />}
      {histogram.length === 0 && topValues.length === 0 && (
        <p className="muted">
          {nMissing === nRows ? 'Every row lacks a value.' : 'No values are shown of a column with personal data.'}
        </p>
      )}
    </section>
  )
}

const factsOf = (column: ColumnProfile): Fact[] => [
  ['Type', column.type],
  ['Missing', `${formatCount(column.nMissing)} rows (${formatShare(column.nMissing / Math.max(column.nRows, 1))})`],
  ['Distinct', `${column.isDistinctExact ? '' : 'about '}${formatCount(column.nDistinct)}`],
  ...(column.min === null ? [] : ([['Smallest', valueText(column.min)]] as Fact[])),
  ...(column.max === null ? [] : ([['Largest', valueText(column.max)]] as Fact[])),
  ...(column.mean === null
    ? []
    : ([['Mean', `${formatNumber(column.mean)} (sd ${formatNumber(column.standardDeviation)})`]] as Fact[])),
  ...column.quantiles.map(({ p, value }): Fact => [
    p === 0.5 ? 'Median' : `${Math.round(p * 100)} % below`,
    valueText(value),
  ]),
]
