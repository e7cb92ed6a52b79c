import { expect, test } from 'vitest'
import type { Signature } from '../learn/index.ts'
import { createInputWriter } from './input-json.ts'
import { createTableBuilder } from './input-table.ts'
import { createInputValidator, FaultList, MAX_FAULTS, PredictionInputError } from './validation.ts'

const signature: Signature = {
  columns: [
    { name: 'amount', kind: 'number', required: true },
    { name: 'age', kind: 'number', required: false },
    { name: 'provider', kind: 'category', required: true, levels: ['clinic', 'hospital'] },
    { name: 'year', kind: 'category', required: false, levels: ['1994', '1995', 'true'] },
  ],
  target: 'outcome',
  positive: 'denied',
}
const validator = createInputValidator(signature)

function check(input: unknown, row = 0) {
  const faults = new FaultList()
  const cells = validator.validate(input, row, faults)
  return { cells, faults: faults.faults }
}

test('a good input becomes cells in the order of the signature', () => {
  expect(check({ provider: 'clinic', amount: 12.5, year: '1994' })).toEqual({
    cells: [12.5, null, 'clinic', '1994'],
    faults: [],
  })
})

test('a required column must be there, and its value may be unknown', () => {
  expect(check({ amount: null, provider: 'clinic' })).toEqual({ cells: [null, null, 'clinic', null], faults: [] })
  const message = 'Column "amount" is required and missing; null says that its value is not known.'
  expect(check({ age: 1, provider: null }, 7).faults).toEqual([{ row: 7, column: 'amount', rule: 'missing', message }])
})

test('a category that the model never saw is no fault', () => {
  expect(check({ amount: 1, provider: 'pharmacy' }).faults).toEqual([])
})

test('a category takes numbers and booleans only where its levels are texts of such', () => {
  expect(check({ amount: 1, provider: 'clinic', year: 1996 }).cells[3]).toBe('1996')
  expect(check({ amount: 1, provider: 'clinic', year: true }).cells[3]).toBe('true')
  expect(check({ amount: 1, provider: 7 }).faults).toMatchObject([{ column: 'provider', rule: 'type' }])
  expect(check({ amount: 1, provider: true }).faults).toMatchObject([{ column: 'provider', rule: 'type' }])
})

test('a date is the ISO text it was said as, and becomes days beside the other columns', () => {
  const dated: Signature = { ...signature, columns: [{ name: 'at', kind: 'number', format: 'date', required: true }] }
  const given = ['1970-01-03', '1970-01-02T12:00:00Z', null].map((at) => ({ at }))
  const faults = new FaultList()
  const rows = given.map((input, row) => createInputValidator(dated).validate(input, row, faults))
  expect(faults.faults).toEqual([])
  expect(rows).toEqual([['1970-01-03'], ['1970-01-02T12:00:00Z'], [null]])
  const values = Float64Array.of(2, 1.5, NaN)
  expect(createTableBuilder(dated)(rows).columns).toEqual([{ kind: 'number', name: 'at', format: 'date', values }])
})

test.each([
  ['31.05.2024', 'date', 'said the text "31.05.2024"; wanted an ISO date such as "2024-05-31"'],
  ['2023-02-29', 'date', 'said the text "2023-02-29"'],
  [19_000, 'type', 'said number 19000; wanted an ISO date'],
])('%j for a date is a fault', (at, rule, message) => {
  const dated: Signature = { ...signature, columns: [{ name: 'at', kind: 'number', format: 'date', required: true }] }
  const faults = new FaultList()
  expect(createInputValidator(dated).validate({ at }, 0, faults)).toEqual([null])
  expect(faults.faults).toMatchObject([{ column: 'at', rule, message: expect.stringContaining(message) }])
})

test.each([
  ['a text for a number', { amount: '12' }, 'type', 'said the text "12"; wanted a number.'],
  ['a boolean for a number', { amount: true }, 'type', 'said boolean true; wanted a number.'],
  ['an object for a number', { amount: {} }, 'type', 'said an object; wanted a number.'],
  ['infinity', { amount: Infinity }, 'not-finite', 'said Infinity; wanted a finite number.'],
  ['NaN', { amount: NaN }, 'not-finite', 'said NaN; wanted a finite number.'],
  ['too large a number', { amount: 1e9 + 1 }, 'range', 'said 1000000001; wanted a number between -1e9 and 1e9.'],
  ['too small a number', { amount: -2e9 }, 'range', 'said -2000000000; wanted a number between -1e9 and 1e9.'],
  ['an array for a category', { provider: [] }, 'type', 'said an array; wanted text.'],
  ['long text', { provider: 'x'.repeat(1_001) }, 'text', 'said 1001 characters; wanted at most 1000.'],
  ['a NUL', { provider: 'cli\0nic' }, 'text', 'NUL'],
  ['half a surrogate pair', { provider: 'clinic\ud83d' }, 'text', 'well-formed'],
])('%s is a fault', (_, part, rule, message) => {
  const { faults } = check({ amount: 1, provider: 'clinic', ...part }, 3)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatchObject({ row: 3, column: Object.keys(part)[0], rule })
  expect(faults[0].message).toContain(message)
})

test('the bounds of a number are inside', () => {
  expect(check({ amount: 1e9, age: -1e9, provider: 'clinic' }).faults).toEqual([])
})

test('an unknown column is named with the nearest known one', () => {
  const { faults } = check({ amount: 1, provider: 'clinic', amuont: 2, colour: 'red' })
  expect(faults.map(({ rule, message }) => [rule, message])).toEqual([
    ['unknown-column', 'Column "amuont" is unknown: did you mean "amount"?'],
    ['unknown-column', 'Column "colour" is unknown: the model does not take it'],
  ])
})

test('a column called like a member of every object is unknown, and one that is missing is missing', () => {
  const odd = createInputValidator({
    ...signature,
    columns: [{ name: 'constructor', kind: 'category', required: true, levels: [] }],
  })
  const faults = new FaultList()
  odd.validate({ toString: 1 }, 0, faults)
  expect(faults.faults.map(({ column, rule }) => [column, rule])).toEqual([
    ['toString', 'unknown-column'],
    ['constructor', 'missing'],
  ])
})

test.each([null, 'claim', 3, [], undefined])('%j is no input', (input) => {
  expect(check(input).faults).toMatchObject([{ row: 0, column: null, rule: 'not-an-object' }])
})

test('all faults of a request are counted and the first thousand listed', () => {
  const faults = new FaultList()
  for (let row = 0; row < 2_000; row++) validator.validate({ provider: 'clinic' }, row, faults)
  const error = new PredictionInputError('claims', faults.nFaults, faults.faults)
  expect(error.faults).toHaveLength(MAX_FAULTS)
  expect(error).toMatchObject({ code: 'PREDICTION_INPUT_INVALID', kind: 'invalid' })
  expect(error.message).toContain('2000 faults, the first in row 0: Column "amount" is required and missing')
})

test('equal inputs have equal canonical JSON, whatever their order and spelling of absence', () => {
  const write = createInputWriter(validator.columns)
  const a = write(check({ amount: 0.1, provider: 'a "b"', age: null }).cells)
  const b = write(check({ provider: 'a "b"', amount: 0.1 }).cells)
  expect(a).toBe('{"age":null,"amount":0.1,"provider":"a \\"b\\"","year":null}')
  expect(b).toBe(a)
  expect(write(check({ amount: -0, provider: 'x' }).cells)).toBe('{"age":null,"amount":0,"provider":"x","year":null}')
})

test('rows become columns: NaN and -1 for what is missing, a level of its own for each unseen category', () => {
  const rows = [
    { amount: 1, provider: 'hospital' },
    { amount: 2, age: 40, provider: 'pharmacy' },
    { amount: 3, provider: 'spa', year: '1995' },
    { amount: 4, provider: 'pharmacy' },
  ]
  const table = createTableBuilder(signature)(rows.map((row) => check(row).cells))
  expect(table).toEqual({
    nRows: 4,
    columns: [
      { kind: 'number', name: 'amount', values: Float64Array.of(1, 2, 3, 4) },
      { kind: 'number', name: 'age', values: Float64Array.of(NaN, 40, NaN, NaN) },
      {
        kind: 'category',
        name: 'provider',
        codes: Int32Array.of(1, 2, 3, 2),
        levels: ['clinic', 'hospital', 'pharmacy', 'spa'],
      },
      { kind: 'category', name: 'year', codes: Int32Array.of(-1, -1, 1, -1), levels: ['1994', '1995', 'true'] },
    ],
  })
})
