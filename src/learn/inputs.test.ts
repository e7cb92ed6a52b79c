import { describe, expect, it } from 'vitest'
import { numbers } from '../../test/learning-tables.ts'
import { levelFrom, matchColumns, numberFrom, valueIn } from './inputs.ts'
import { trainModel } from './model/train-model.ts'
import { loadModel, serialiseModel } from './model/format.ts'

describe('values of one row', () => {
  it('are numbers, dates in days or as text, or missing', () => {
    expect(numberFrom(null, { name: 'x' })).toBeNaN()
    expect(numberFrom(4.5, { name: 'x' })).toBe(4.5)
    expect(numberFrom('1970-01-03', { name: 'x', format: 'date' })).toBe(2)
    expect(numberFrom(2, { name: 'x', format: 'date' })).toBe(2)
  })

  it.each([
    ['7', undefined, 'Column x is a string; the model wants a number or null.'],
    [[], undefined, 'Column x is a list; the model wants a number or null.'],
    ['soon', 'date' as const, 'Column x is a string; the model wants a date such as 2024-05-31, or null.'],
    [true, 'date' as const, 'Column x is a boolean'],
  ])('refuse %j (format %s), naming its type alone', (value, format, message) => {
    const call = () => numberFrom(value, { name: 'x', ...(format ? { format } : {}) })
    expect(call).toThrow(expect.objectContaining({ code: 'MODEL_VALUE_INVALID' }))
    expect(call).toThrow(message)
  })

  it('are levels: the text of anything that has one', () => {
    expect([null, 'a', 7, true].map((value) => levelFrom(value, { name: 'x' }))).toEqual([null, 'a', '7', 'true'])
    expect(() => levelFrom({}, { name: 'x' })).toThrow('Column x is an object; the model wants a text or null.')
  })

  it('must be there', () => {
    const call = () => valueIn({ y: 1 }, { name: 'x', kind: 'number' })
    expect(call).toThrow('The model needs the column x (number); given: y.')
  })
})

it('columns are found by name, and must be of the kind wanted', () => {
  const table = { nRows: 1, columns: [numbers('a', [1]), numbers('b', [2])] }
  expect(matchColumns([{ name: 'b', kind: 'number' }], table)).toEqual([table.columns[1]])
  expect(() => matchColumns([{ name: 'b', kind: 'category' }], table)).toThrow(
    'Column b is a number; the model wants a category.',
  )
  expect(() => matchColumns([{ name: 'c', kind: 'number' }], { nRows: 0, columns: [] })).toThrow('given: no columns.')
})

it.each(['random_forest', 'logistic_regression'] as const)(
  '%s takes a date as days in tables and as ISO text in rows',
  async (algorithm) => {
    const column = {
      ...numbers(
        'at',
        Array.from({ length: 60 }, (_, row) => 19_700 + row),
      ),
      format: 'date' as const,
    }
    const table = { nRows: 60, columns: [column] }
    const y = Uint8Array.from({ length: 60 }, (_, row) => Number(row > 29))
    const model = loadModel(serialiseModel(await trainModel({ table, y, target: 't', positive: '1', algorithm })))
    expect(model.signature.columns).toEqual([
      { name: 'at', kind: 'number', required: true, format: 'date', min: 19_700, max: 19_759 },
    ])
    expect(model.predictRow({ at: '2023-12-14' })).toBe(model.predict(table)[5])
    expect(() => model.predictRow({ at: '14.12.2023' })).toThrow(
      expect.objectContaining({ code: 'MODEL_VALUE_INVALID' }),
    )
  },
)
