import type { DatasetProfile } from '../../data/index.ts'
import { formatTable } from '../output.ts'

/** A row for each column: how complete it is, and what is in it. */
export function describeProfile({ nRows, columns }: DatasetProfile): string {
  const rows = columns.map((column) => [
    column.name,
    column.type,
    missingShare(column),
    `${column.isDistinctExact ? '' : '~'}${column.nDistinct}`,
    short(column.min),
    short(column.quantiles.find(({ p }) => p === 0.5)?.value ?? null),
    short(column.max),
    column.topValues
      .slice(0, 3)
      .map(({ value, n }) => `${value.slice(0, 20)} (${n})`)
      .join(', '),
  ])
  const head = ['column', 'type', 'missing', 'distinct', 'least', 'median', 'largest', 'most frequent']
  return `${nRows} rows x ${columns.length} columns\n\n${formatTable([head, ...rows])}`
}

/** A few are not none. */
function missingShare({ nMissing, nRows }: DatasetProfile['columns'][number]): string {
  const share = (100 * nMissing) / Math.max(1, nRows)
  return nMissing > 0 && share < 0.1 ? '< 0.1 %' : `${share.toFixed(1)} %`
}

function short(value: number | string | null): string {
  if (typeof value !== 'number') return value ?? ''
  return Number.isInteger(value) ? String(value) : value.toPrecision(5)
}
