import { expect, it } from 'vitest'
import { columnsOf } from './quarantine-table.tsx'

it('puts the columns at fault first, the others as they come', () => {
  const reason = (column: string | null) => ({ code: 'X', column, message: '' })
  const values = { id: '1', age: 'x', plan: 'y', note: null }
  expect(
    columnsOf([
      { row: 1, reasons: [reason('plan'), reason('age')], values },
      { row: 2, reasons: [reason('plan'), reason(null)], values },
    ]),
  ).toEqual(['plan', 'age', 'id', 'note'])
  expect(columnsOf([])).toEqual([])
})
