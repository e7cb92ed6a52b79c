import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import {
  formatContract,
  inferContract,
  measureQuality,
  parseContract,
  readContract,
  validateAgainst,
} from '../index.ts'
import type { Contract, ContractColumn, DataColumn, DataColumns } from '../index.ts'

const number = (name: string, values: number[]): DataColumn => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
})
const text = (name: string, values: (string | null)[]): DataColumn => ({ kind: 'text', name, values })
const table = (...columns: DataColumn[]): DataColumns => ({ nRows: columns[0].values.length, columns })
const coded = (code: string, words: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(words) })

const target: ContractColumn = { name: 'y', type: 'category', nullable: false, role: 'target', positive: '1' }
const feature = (name: string, more: Partial<ContractColumn> = {}): ContractColumn => ({
  name,
  type: 'category',
  nullable: true,
  role: 'feature',
  ...more,
})
const contractOf = (columns: ContractColumn[], rules: Contract['rules'] = []): Contract => ({
  dataset: 'd',
  version: 1,
  columns: [...columns, target],
  rules,
})

describe('the file', () => {
  it('is read back as it was written, with texts that look like something else', () => {
    const given = contractOf(
      [
        feature('a', { values: ['0', 'No', 'null', '2026-01-01', 'x: y'], description: 'of "it"', confidence: 0.5 }),
        feature('b', { type: 'integer', min: -1, max: 1e9, unit: 'USD', protected: true, decisionTime: true }),
        feature('c', { type: 'string', pattern: '^\\d{5}$', unique: true, role: 'id' }),
      ],
      [{ name: 'b is positive', sql: 'b > 0' }],
    )
    expect(parseContract(formatContract(given))).toEqual(given)
  })

  const head = 'dataset: d\nversion: 1\ncolumns:\n'
  const y = '  - { name: y, type: category, nullable: false, role: target }\n'
  const a = '  - { name: a, type: number, nullable: false, role: feature }\n'

  it('may leave its rules and its target out', () => {
    expect(parseContract(head + a).rules).toEqual([])
  })

  test.each([
    ['nothing', '', 'given null; wanted object'],
    ['no YAML', 'columns: [', 'line 1: '],
    ['no columns', 'dataset: d\nversion: 1\ncolumns: []\n', 'line 3, columns: given []; wanted'],
    [
      'an unknown key',
      `${head}${y}owner: me\n`,
      'line 5, owner: there is no such key here; wanted dataset, version, columns',
    ],
    [
      'an unknown key of a column',
      head + y.replace('role', 'kind: 1, role'),
      'line 4, columns.0.kind: there is no such key',
    ],
    [
      'an unknown type',
      head + y.replace('category', 'money'),
      'line 4, columns.0.type: given "money"; wanted one of number',
    ],
    ['a name left out', head + a + y.replace('name: y, ', ''), 'line 5, columns.1: name is missing'],
    ['a column twice', head + y + a + a, 'line 6, columns.2.name: column a is listed twice'],
    [
      'a column in two cases',
      head + y + a + a.replace('name: a', 'name: A'),
      'columns a and A differ in upper and lower',
    ],
    ['two targets', head + y + y.replace('name: y', 'name: z'), 'line 5, columns.1.role: y and z have the role target'],
    [
      'a broken pattern',
      head + y.replace('role', "pattern: '(', role"),
      'the pattern of column y is no regular expression',
    ],
    ['a pattern that looks ahead', head + y.replace('role', "pattern: 'a(?=b)', role"), 'RE2 does not take'],
    ['a pattern that refers back', head + y.replace('role', "pattern: '(a)\\1', role"), 'RE2 does not take'],
    ['a range of texts', head + y.replace('role', 'min: 0, role'), 'column y is a category; min is for numbers'],
    ['a range upside down', head + a.replace('role', 'min: 2, max: 1, role'), 'column a has min 2 and max 1'],
    [
      'a number format',
      head + a.replace('role', "format: '1_000', role"),
      'given 1_000 for the number a; wanted one of 1234.56 | ',
    ],
    [
      'a date format',
      head + a.replace('number', 'date').replace('role', "format: 'DD.MM.YYYY', role"),
      'wanted a pattern such as',
    ],
    ['a format of texts', head + y.replace('role', "format: '%Y', role"), 'format is for numbers and dates'],
    [
      'a positive that is no value',
      head + y.replace('role', "values: ['a'], positive: b, role"),
      'given b; wanted one of the values a',
    ],
    ['a positive of a feature', head + a.replace('role', "positive: '1', role"), 'positive is for the target'],
    [
      'freshness without a time',
      `${head}${y}freshnessDays: 3\n`,
      'line 5, freshnessDays: there is no column with the role time',
    ],
    [
      'a rule twice',
      `${head}${y}rules:\n  - { name: r, sql: a }\n  - { name: r, sql: b }\n`,
      'line 7, rules.1.name: rule r is listed twice',
    ],
    [
      'the old form of a rule',
      `${head}${y}rules:\n  - { name: r, left: y, op: '<', right: 1 }\n`,
      'line 6, rules.0: sql is missing',
    ],
    ['a name that is reserved', head + a.replace('name: a', 'name: §a'), 'does not begin with §'],
  ])('is CONTRACT_INVALID with %s', (_, yaml, words) => {
    expect(() => parseContract(yaml)).toThrow(coded('CONTRACT_INVALID', words))
  })

  it('tells every fault at once, each with its line', () => {
    const read = readContract(head + y.replace('category', 'money') + a.replace('number', 'text'))
    expect(read).toEqual({
      faults: [
        { line: 4, key: 'columns.0.type', message: expect.stringContaining('given "money"') },
        { line: 5, key: 'columns.1.type', message: expect.stringContaining('given "text"') },
      ],
    })
  })
})

describe('inference', () => {
  const rows = [...Array(40).keys()]
  const data = table(
    text(
      'id',
      rows.map((row) => `C${row}`),
    ),
    number(
      'amount',
      rows.map((row) => row + 0.5),
    ),
    number(
      'units',
      rows.map((row) => (row % 7 === 0 ? NaN : row % 5)),
    ),
    number('counter', rows),
    text(
      'region',
      rows.map((row) => (row === 3 ? null : 'NESW'[row % 4])),
    ),
    text(
      'day',
      rows.map(() => '2026-01-01'),
    ),
    text(
      'y',
      rows.map((row) => (row % 4 === 0 ? 'yes' : 'no')),
    ),
  )

  it('finds types, ranges, values, keys and the positive value, and the data itself meets it', () => {
    const contract = inferContract({
      dataset: 'd',
      columns: data,
      target: 'y',
      protected: ['region'],
      id: 'id',
      time: 'day',
      drop: ['amount'],
    })
    const columns = Object.fromEntries(contract.columns.map((column) => [column.name, column]))
    expect(columns).toMatchObject({
      id: { role: 'id', type: 'string', nullable: false },
      amount: { role: 'ignore', type: 'number', min: 0.5, max: 39.5 },
      units: { role: 'feature', type: 'integer', nullable: true, min: 0, max: 4 },
      counter: { role: 'ignore', type: 'integer' },
      region: { role: 'feature', type: 'category', values: ['E', 'N', 'S', 'W'], protected: true, nullable: true },
      day: { role: 'time' },
      y: { role: 'target', values: ['no', 'yes'], positive: 'yes', decisionTime: false },
    })
    expect(validateAgainst(contract, data)).toMatchObject({ violations: [], quarantined: [] })
    expect(parseContract(formatContract(contract))).toEqual(contract)
  })

  test.each([
    [['0', '1', '1'], '1'],
    [['N', 'Y', 'Y'], 'Y'],
    [['bad', 'good', 'good'], 'bad'],
    [['approved', 'denied', 'approved'], 'denied'],
  ])('of %j the positive value is %s', (values, positive) => {
    const { columns } = inferContract({ dataset: 'd', columns: table(text('y', values)), target: 'y' })
    expect(columns[0].positive).toBe(positive)
  })

  test.each([
    [['a', 'a'], undefined, 'the one value a'],
    [[null, null], undefined, 'the one value missing'],
    [['a', 'b', 'c'], undefined, 'more than two values'],
    [['a', 'b'], 'c', 'its values are a and b, not c'],
  ])('a target of %j with %s for positive is TARGET_INVALID', (values, positive, words) => {
    const infer = () => inferContract({ dataset: 'd', columns: table(text('y', values)), target: 'y', positive })
    expect(infer).toThrow(coded('TARGET_INVALID', words))
  })

  test.each([{ target: 'z' }, { id: 'z' }, { time: 'z' }, { drop: ['z'] }, { protected: ['z'] }])(
    '%j is COLUMN_UNKNOWN, with the columns there are',
    (hints) => {
      const infer = () => inferContract({ dataset: 'd', columns: table(text('y', ['a', 'b'])), target: 'y', ...hints })
      expect(infer).toThrow(coded('COLUMN_UNKNOWN', 'no column z; the data has y'))
    },
  )
})

describe('validation', () => {
  const y = text('y', ['0', '1', '0', '1'])
  const cases: [string, ContractColumn[], DataColumn[], { rows: number[]; column?: string }][] = [
    ['COLUMN_MISSING', [feature('a')], [], { rows: [], column: 'a' }],
    [
      'COLUMN_RENAMED',
      [feature('policy_no')],
      [text('PolicyNo', ['a', 'b', 'c', 'd'])],
      { rows: [], column: 'policy_no' },
    ],
    ['COLUMN_UNEXPECTED', [], [text('b', ['a', 'b', 'c', 'd'])], { rows: [], column: 'b' }],
    ['TYPE_CHANGED', [feature('a', { type: 'number' })], [text('a', ['1', null, 'x', null])], { rows: [0, 2] }],
    ['TYPE_CHANGED', [feature('a', { type: 'integer' })], [number('a', [1, 1.5, NaN, 2])], { rows: [1] }],
    [
      'TYPE_CHANGED',
      [feature('a', { type: 'date' })],
      [text('a', ['2026-01-31', 'soon', null, '2026-13-01'])],
      { rows: [1, 3] },
    ],
    ['CATEGORY_NEW', [feature('a', { values: ['x', '1'] })], [text('a', ['x', 'y', null, '1'])], { rows: [1] }],
    ['CATEGORY_NEW', [feature('a', { values: ['1', '2'] })], [number('a', [1, 2, 3, NaN])], { rows: [2] }],
    ['RANGE_BREACH', [feature('a', { type: 'number', min: 0, max: 9 })], [number('a', [0, 9, -1, NaN])], { rows: [2] }],
    ['NULL_NOT_ALLOWED', [feature('a', { nullable: false })], [text('a', ['x', null, '', null])], { rows: [1, 3] }],
    ['KEY_DUPLICATE', [feature('a', { unique: true })], [text('a', ['x', 'y', 'x', null])], { rows: [0, 2] }],
    [
      'PATTERN_MISMATCH',
      [feature('a', { pattern: '^C\\d$' })],
      [text('a', ['C1', 'C12', null, 'c1'])],
      { rows: [1, 3] },
    ],
  ]

  test.each(cases)('tells %s', (code, columns, given, { rows, column = 'a' }) => {
    const data = { nRows: 4, columns: [...given, y] }
    const { violations, quarantined, validRows } = validateAgainst(contractOf(columns), data)
    expect(violations).toMatchObject([{ code, column, count: rows.length || 4, share: (rows.length || 4) / 4 }])
    expect(violations[0].examples.map(({ row }) => row)).toEqual(rows)
    expect(violations[0].message).toContain(column)
    expect(quarantined.map(({ row }) => row)).toEqual(rows)
    expect([...validRows]).toEqual([0, 1, 2, 3].filter((row) => !rows.includes(row)))
  })

  test.each([
    ['<=', [1]],
    ['<', [0, 1]],
    ['>=', [2]],
    ['>', [0, 2]],
    ['=', [1, 2]],
    ['!=', [0]],
  ] as const)('tells RULE_BROKEN for paid %s billed, where both are known', (op, broken) => {
    const columns = [feature('paid', { type: 'number' }), feature('billed', { type: 'number' })]
    const contract = contractOf(columns, [{ name: 'r', sql: `paid ${op} billed` }])
    const data = table(number('paid', [5, 9, 1, NaN]), number('billed', [5, 5, 5, 5]), y)
    const { violations, quarantined, nInconsistentRows } = validateAgainst(contract, data)
    expect(violations).toMatchObject([{ code: 'RULE_BROKEN', rule: 'r', count: broken.length }])
    expect(quarantined.map(({ row }) => row)).toEqual([...broken])
    expect(quarantined[0].reasons).toEqual([`paid ${op} billed does not hold (r)`])
    expect(nInconsistentRows).toBe(broken.length)
  })

  it('keeps all reasons of a row, its texts and its place in the source, and ten examples', () => {
    const contract = contractOf([feature('a', { type: 'integer', min: 0 }), feature('b', { nullable: false })])
    const rows = [...Array(20).keys()]
    const data = {
      ...table(
        number(
          'a',
          rows.map(() => -1.5),
        ),
        text(
          'b',
          rows.map(() => null),
        ),
        text(
          'y',
          rows.map(() => '1'),
        ),
      ),
      sourceRows: Int32Array.from(rows, (row) => 100 + row),
    }
    const { violations, quarantined } = validateAgainst(contract, data)
    expect(quarantined[0]).toEqual({
      row: 100,
      reasons: ['a is not a whole number', 'a is outside 0 to Infinity', 'b is missing'],
      values: { a: '-1.5', b: null, y: '1' },
    })
    expect(violations.map(({ count, examples }) => [count, examples.length])).toEqual([
      [20, 10],
      [20, 10],
      [20, 10],
    ])
  })
})

describe('quality', () => {
  const columns = [feature('key', { unique: true }), feature('a', { type: 'integer', min: 0 })]
  const rules: Contract['rules'] = [
    { name: 'r', sql: 'a < 5' },
    { name: 's', sql: 'a != 9' },
  ]
  const data = table(text('key', ['p', 'q', 'q', 's']), number('a', [1, -1.5, NaN, 9]), text('y', ['0', '1', '1', '1']))
  const qualityOf = (contract: Contract) => measureQuality(data, contract, validateAgainst(contract, data))

  it('counts cells, keys and rows, each once whatever it breaks', () => {
    // 11 of 12 cells are there; the two keys q and the cell -1.5, which breaks two rules, are invalid; row 3 breaks both rules.
    const quality = { completeness: 11 / 12, uniqueness: 3 / 4, validity: 8 / 11, consistency: 3 / 4, timeliness: null }
    const given = qualityOf(contractOf(columns, rules))
    for (const [name, value] of Object.entries(quality))
      expect([name, given[name as keyof typeof quality]]).toEqual([
        name,
        value === null ? null : expect.closeTo(value, 12),
      ])
  })

  it('has no figure for what the contract does not promise', () => {
    expect(qualityOf(contractOf([feature('a', { type: 'number' })]))).toMatchObject({
      uniqueness: null,
      consistency: null,
      validity: 1,
    })
  })
})

it('the contract of the example is a valid one', () => {
  const file = path.join(import.meta.dirname, '../../../examples/vehicle-fraud/contract.yaml')
  expect(parseContract(fs.readFileSync(file, 'utf8')).columns).toHaveLength(33)
})
