import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { formatContract, parseContract, readContract, type Contract, type ContractColumn } from '../index.ts'

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

it('the contract of the example is a valid one', () => {
  const file = path.join(import.meta.dirname, '../../../examples/vehicle-fraud/contract.yaml')
  expect(parseContract(fs.readFileSync(file, 'utf8')).columns).toHaveLength(33)
})
