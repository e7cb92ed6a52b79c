import type { DataColumn, DataColumns } from '../data/index.ts'
import { claimAt, type Claim, type ClaimColumns } from './columns.ts'

/** Generated claims in the raw form every data source has: texts and numbers, column by column. */
export function toDataColumns(claims: ClaimColumns): DataColumns {
  const rows = Array.from({ length: claims.n }, (_, i) => claimAt(claims, i))
  const names = Object.keys(claimAt(claims, 0)) as (keyof Claim)[]
  const columns = names.map((name): DataColumn => {
    if (typeof rows[0][name] === 'number')
      return { kind: 'number', name, values: Float64Array.from(rows, (row) => row[name] as number) }
    return { kind: 'text', name, values: rows.map((row) => row[name] as string) }
  })
  return { nRows: claims.n, columns }
}
