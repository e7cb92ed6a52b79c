import { expect, it } from 'vitest'
import type { ColumnProfile } from '../../../api/data-types.ts'
import { orderedColumns } from './column-order.ts'

const column = (name: string, type: string, nMissing: number, nDistinct: number) =>
  ({ name, type, nMissing, nDistinct }) as ColumnProfile
const columns = [column('plan', 'category', 3, 2), column('Age', 'number', 9, 80), column('id', 'string', 0, 500)]
const names = (words: string, order: Parameters<typeof orderedColumns>[2]) =>
  orderedColumns(columns, words, order).map(({ name }) => name)

it('keeps the order of the contract unless another is asked for', () => {
  expect(names('', 'contract')).toEqual(['plan', 'Age', 'id'])
  expect(names('', 'name')).toEqual(['Age', 'id', 'plan'])
  expect(names('', 'missing')).toEqual(['Age', 'plan', 'id'])
  expect(names('', 'distinct')).toEqual(['id', 'Age', 'plan'])
})

it('finds by a part of the name, or by the type', () => {
  expect(names(' aG ', 'contract')).toEqual(['Age'])
  expect(names('number', 'contract')).toEqual(['Age'])
  expect(names('none', 'contract')).toEqual([])
})
