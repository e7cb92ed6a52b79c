import type { ColumnProfile } from '../../../api/data-types.ts'

export const columnOrders = {
  contract: 'As in the contract',
  name: 'By name',
  missing: 'Emptiest first',
  distinct: 'Most values first',
} as const

export type ColumnOrder = keyof typeof columnOrders

/** The columns whose name or type holds the words, in an order. */
export function orderedColumns(columns: ColumnProfile[], words: string, order: ColumnOrder): ColumnProfile[] {
  const wanted = words.trim().toLowerCase()
  const found = columns.filter(({ name, type }) => name.toLowerCase().includes(wanted) || type === wanted)
  switch (order) {
    case 'name':
      return found.toSorted((a, b) => a.name.localeCompare(b.name))
    case 'missing':
      return found.toSorted((a, b) => b.nMissing - a.nMissing)
    case 'distinct':
      return found.toSorted((a, b) => b.nDistinct - a.nDistinct)
    default:
      return found
  }
}
