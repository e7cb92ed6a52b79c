import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { pseudonym } from '../../privacy/index.ts'
import type { Contract, ContractColumn } from '../contract/contract.ts'
import { openDuckDb } from '../duckdb/open.ts'
import { land, type GivenColumn } from '../landed.fixture.ts'
import { validateLanded, type ValidateOptions } from './validate-landed.ts'
import { violationCodes, type QuarantinedRow } from './violation.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-validate-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const column = (name: string, more: Partial<ContractColumn> = {}): ContractColumn => ({
  name,
  type: 'category',
  nullable: true,
  role: 'feature',
  ...more,
})
const contractOf = (columns: ContractColumn[], more: Partial<Contract> = {}): Contract => ({
  dataset: 'd',
  version: 1,
  columns,
  rules: [],
  ...more,
})

async function validate(
  given: Record<string, GivenColumn>,
  contract: Contract,
  options: Partial<ValidateOptions> = {},
) {
  const directory = fs.mkdtempSync(path.join(folder, 'run-'))
  const landed = await land(folder, given)
  const validation = await validateLanded(landed, contract, { directory, ...options })
  const lines = fs
    .readFileSync(validation.quarantinePath, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  const duck = await openDuckDb()
  const reader = await duck.runAndReadAll(`select * from read_parquet('${validation.validPath}')`)
  const valid = reader.getRowObjectsJson() as Record<string, unknown>[]
  const types = Object.fromEntries(reader.columnNames().map((name, i) => [name, String(reader.columnTypes()[i])]))
  duck.closeSync()
  return { ...validation, valid, types, quarantined: lines.map((line): QuarantinedRow => JSON.parse(line)) }
}

type Case = [
  code: string,
  columns: ContractColumn[],
  given: Record<string, GivenColumn>,
  wanted: { rows: number[]; column?: string },
]

const cases: Case[] = [
  ['COLUMN_MISSING', [column('a')], {}, { rows: [] }],
  ['COLUMN_RENAMED', [column('policy_no')], { PolicyNo: ['a', 'b', 'c', 'd'] }, { rows: [], column: 'policy_no' }],
  [
    'COLUMN_RENAMED',
    [column('billed_amount')],
    { biled_amount: ['1', '2', '3', '4'] },
    { rows: [], column: 'billed_amount' },
  ],
  [
    'COLUMN_RENAMED',
    [column('sex', { values: ['F', 'M'] })],
    { gender: ['F', 'M', null, 'F'] },
    { rows: [], column: 'sex' },
  ],
  ['COLUMN_UNEXPECTED', [], { b: ['a', 'b', 'c', 'd'] }, { rows: [], column: 'b' }],
  ['TYPE_CHANGED', [column('a', { type: 'number' })], { a: ['1', null, 'x', 'y'] }, { rows: [2, 3] }],
  ['TYPE_MISMATCH', [column('a', { type: 'number' })], { a: ['1', null, 'x', '-2e3'] }, { rows: [2] }],
  ['TYPE_MISMATCH', [column('a', { type: 'number' })], { a: ['1', 'inf', '3', '.5'] }, { rows: [1] }],
  ['TYPE_MISMATCH', [column('a', { type: 'integer' })], { a: ['1', '1.5', null, '2.0'] }, { rows: [1] }],
  [
    'TYPE_MISMATCH',
    [column('a', { type: 'integer' })],
    { a: { type: 'number', values: ['1', '1.5', 'nan', '2'] } },
    { rows: [1] },
  ],
  ['TYPE_MISMATCH', [column('a', { type: 'integer' })], { a: ['1', '2', '3', '9007199254740994'] }, { rows: [3] }],
  ['TYPE_MISMATCH', [column('a', { type: 'date' })], { a: ['2026-01-31', 'soon', null, '2026-02-28'] }, { rows: [1] }],
  [
    'TYPE_MISMATCH',
    [column('a', { type: 'date', format: '%d.%m.%Y' })],
    { a: ['31.1.2026', '2026-01-31', null, '01.02.2026'] },
    { rows: [1] },
  ],
  [
    'TYPE_MISMATCH',
    [column('a', { type: 'timestamp' })],
    { a: ['2026-01-31T10:00:00Z', '25:00', null, '2026-02-28'] },
    { rows: [1] },
  ],
  ['TYPE_MISMATCH', [column('a', { type: 'boolean' })], { a: ['Yes', 'maybe', null, '0'] }, { rows: [1] }],
  ['CATEGORY_NEW', [column('a', { values: ['x', "it's"] })], { a: ['x', 'y', null, "it's"] }, { rows: [1] }],
  [
    'CATEGORY_NEW',
    [column('a', { values: ['1', '2'] })],
    { a: { type: 'number', values: ['1', '2', '3', null] } },
    { rows: [2] },
  ],
  ['RANGE_BREACH', [column('a', { type: 'number', min: 0, max: 9 })], { a: ['0', '9', '-1', null] }, { rows: [2] }],
  [
    'RANGE_BREACH',
    [column('a', { type: 'number', max: 0.1 })],
    { a: ['0.1', '0.10000000000000002', '-1', null] },
    { rows: [1] },
  ],
  ['NULL_NOT_ALLOWED', [column('a', { nullable: false })], { a: ['x', null, ' ', 'y'] }, { rows: [1, 2] }],
  [
    'NULL_NOT_ALLOWED',
    [column('a', { nullable: false, missing: ['?', 'N/A'] })],
    { a: ['x', '?', 'n/a ', 'y'] },
    { rows: [1, 2] },
  ],
  ['KEY_DUPLICATE', [column('a', { unique: true })], { a: ['x', 'y', 'x', null] }, { rows: [0, 2] }],
  ['KEY_DUPLICATE', [column('a', { type: 'integer', unique: true })], { a: ['1', '2', '1.0', '3'] }, { rows: [0, 2] }],
  ['PATTERN_MISMATCH', [column('a', { pattern: '^C\\d$' })], { a: ['C1', 'C12', null, 'c1'] }, { rows: [1, 3] }],
]

describe('what is told apart', () => {
  test.each(cases)('%s', async (code, columns, given, { rows, column: name = 'a' }) => {
    const y = ['0', '1', '0', '1']
    const { violations, quarantined, valid, counts } = await validate(
      { ...given, y },
      contractOf([...columns, column('y')]),
    )
    expect(violations).toMatchObject([{ code, column: name, count: rows.length || 4, share: (rows.length || 4) / 4 }])
    expect(violations[0].examples.map(({ row }) => row)).toEqual(rows)
    expect(violations[0].message).toContain(name)
    expect(quarantined.map(({ row }) => row)).toEqual(rows)
    expect(valid.map(({ _source_row: row }) => Number(row))).toEqual([0, 1, 2, 3].filter((row) => !rows.includes(row)))
    expect(counts).toMatchObject({ nRows: 4, nValid: 4 - rows.length, nQuarantined: rows.length })
  })

  test.each([
    ['paid <= billed', [1]],
    ['paid = billed and billed > 0', [1, 2]],
    ['case when billed > 4 then paid < 9 else true end -- a remark', [1]],
    ['paid / (billed - billed) > 1', []],
  ])('RULE_BROKEN for %s, where it is known', async (sql, broken) => {
    const columns = [column('paid', { type: 'number' }), column('billed', { type: 'number' })]
    const given = { paid: ['5', '9', '1', null], billed: ['5', '5', '5', '5'] }
    const { violations, quarantined, counts } = await validate(
      given,
      contractOf(columns, { rules: [{ name: 'r', sql }] }),
    )
    expect(violations.map(({ code, rule, count }) => [code, rule, count])).toEqual(
      broken.length > 0 ? [['RULE_BROKEN', 'r', broken.length]] : [],
    )
    expect(quarantined.map(({ row }) => row)).toEqual(broken)
    expect(counts.nInconsistentRows).toBe(broken.length)
  })

  it('a rule over a column that is not there is left to the column', async () => {
    const contract = contractOf([column('a', { type: 'number' }), column('b', { type: 'number' })], {
      rules: [{ name: 'r', sql: 'a < b' }],
    })
    const { violations, counts } = await validate({ a: ['1'] }, contract)
    expect(violations.map(({ code }) => code)).toEqual(['COLUMN_MISSING'])
    expect(counts.nInconsistentRows).toBeNull()
  })

  it('ROW_STALE, which is told and keeps the row', async () => {
    const contract = contractOf([column('day', { type: 'date', role: 'time' })], { freshnessDays: 30 })
    const given = { day: ['2026-01-30', '2026-01-01', '2025-12-31', null] }
    const { violations, quarantined, counts } = await validate(given, contract, {
      asOf: new Date('2026-01-31T00:00:00Z'),
    })
    expect(violations).toMatchObject([
      { code: 'ROW_STALE', column: 'day', count: 1, examples: [{ row: 2, value: '2025-12-31' }] },
    ])
    expect(quarantined).toEqual([])
    expect(counts).toMatchObject({ nValid: 4, nFreshRows: 2 })
  })

  it('has a case for every code', () => {
    expect(new Set([...cases.map(([code]) => code), 'RULE_BROKEN', 'ROW_STALE'])).toEqual(new Set(violationCodes))
  })
})

describe('the quarantine', () => {
  it('keeps every reason of a row and all its columns as they came; ten examples are shown', async () => {
    const contract = contractOf([column('a', { type: 'integer', min: 0 }), column('b', { nullable: false })])
    const rows = Array.from({ length: 20 }, (_, row) => row)
    const given = {
      a: rows.map((row) => (row === 3 ? '1' : ' -1')),
      b: rows.map(() => null),
      'more "of it"': rows.map(String),
    }
    const { violations, quarantined, valid, types } = await validate(given, contract)
    expect(quarantined[0]).toEqual({
      row: 0,
      reasons: [
        { code: 'RANGE_BREACH', column: 'a', message: 'a is not at least 0' },
        { code: 'NULL_NOT_ALLOWED', column: 'b', message: 'b is missing' },
      ],
      values: { a: ' -1', b: null, 'more "of it"': '0' },
    })
    expect(quarantined.map(({ row }) => row)).toEqual(rows)
    expect(violations.map(({ code, count, examples }) => [code, count, examples.length])).toEqual([
      ['COLUMN_UNEXPECTED', 20, 0],
      ['RANGE_BREACH', 19, 10],
      ['NULL_NOT_ALLOWED', 20, 10],
    ])
    expect(valid).toEqual([])
    expect(types).toEqual({ a: 'BIGINT', b: 'VARCHAR', _source_row: 'BIGINT' })
  })

  it('shows no examples of personal data', async () => {
    const contract = contractOf([column('mail', { pii: 'email', pattern: '@' })])
    const { violations, quarantined } = await validate({ mail: ['ada'] }, contract)
    expect(violations[0].examples).toEqual([{ row: 0, value: null }])
    expect(quarantined[0].values).toEqual({ mail: 'ada' })
  })
})

describe('the valid rows', () => {
  it('have the types of the contract, whatever they were written like', async () => {
    const contract = contractOf([
      column('n', { type: 'number', format: '¤1.234,56' }),
      column('p', { type: 'number', format: '1234.56 %' }),
      column('d', { type: 'date', format: '%m/%d/%Y' }),
      column('t', { type: 'timestamp' }),
      column('b', { type: 'boolean' }),
      column('c'),
    ])
    const given: Record<string, GivenColumn> = {
      n: ['1.234,5 €', '(12,00)', 'EUR 7'],
      p: ['12.5%', '3 %', null],
      d: ['1/31/2026', '12/01/2025', null],
      t: ['2026-01-31T10:00:00+02:00', '2026-01-31 10:00', null],
      b: ['Y', 'FALSE', null],
      c: { type: 'number', values: ['1', '2.5', null] },
    }
    const { valid, violations, types } = await validate(given, contract)
    expect(violations).toEqual([])
    expect(types).toMatchObject({ n: 'DOUBLE', p: 'DOUBLE', d: 'DATE', t: 'TIMESTAMP', b: 'BOOLEAN', c: 'VARCHAR' })
    expect(valid).toEqual([
      { n: 1234.5, p: 0.125, d: '2026-01-31', t: '2026-01-31 08:00:00', b: true, c: '1', _source_row: '0' },
      { n: -12, p: 0.03, d: '2025-12-01', t: '2026-01-31 10:00:00', b: false, c: '2.5', _source_row: '1' },
      { n: 7, p: null, d: null, t: null, b: null, c: null, _source_row: '2' },
    ])
  })

  it('have the policies of the contract applied', async () => {
    const contract = contractOf([
      column('member', { type: 'string', policy: 'pseudonymise' }),
      column('mail', { type: 'string', policy: 'drop' }),
      column('phone', { type: 'string', policy: 'mask' }),
      column('zip', { type: 'string', policy: 'generalise', pii: 'postcode' }),
    ])
    const given = { member: ['M1'], mail: ['a@b.org'], phone: ['555-0100'], zip: ['94105'] }
    const key = { id: 'k1', secret: Buffer.from('a secret of the test') }
    const { valid } = await validate(given, contract, { privacyKey: key })
    expect(valid).toEqual([{ member: pseudonym(key, 'M1'), phone: '***-****', zip: '941', _source_row: '0' }])
    await expect(validate(given, contract)).rejects.toMatchObject({ code: 'PRIVACY_KEY_MISSING' })
  })

  it('keep the order of a source of many row groups, with repeated keys among them', async () => {
    const n = 300_000
    const directory = fs.mkdtempSync(path.join(folder, 'many-'))
    const file = path.join(directory, 'landed.parquet')
    const duck = await openDuckDb()
    await duck.run(
      `copy (select (case when i % 1000 = 0 then 0 else i end)::varchar as id, i % 7 as a from range(${n}) t(i)) to '${file}' (format parquet, row_group_size 20000)`,
    )
    const landed = {
      path: file,
      nRows: n,
      columns: [
        { name: 'id', type: 'text' as const },
        { name: 'a', type: 'integer' as const },
      ],
      source: { kind: 'fixture', location: file, sizeBytes: null, sha256: null },
      warnings: [],
    }
    const contract = contractOf([
      column('id', { type: 'string', unique: true }),
      column('a', { type: 'integer', max: 5 }),
    ])
    const done: number[] = []
    const { validPath, quarantinePath, counts } = await validateLanded(landed, contract, {
      directory,
      progress: (now, total) => done.push(now / total),
    })
    const isBad = (i: number) => i % 1000 === 0 || i % 7 === 6
    const wanted = Array.from({ length: n }, (_, i) => i).filter((i) => !isBad(i))
    const reader = await duck.runAndReadAll(`select _source_row from read_parquet('${validPath}')`)
    expect(String(reader.getColumnsJS()[0]) === String(wanted)).toBe(true)
    duck.closeSync()
    const rows = fs
      .readFileSync(quarantinePath, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).row)
    expect(String(rows) === String(Array.from({ length: n }, (_, i) => i).filter(isBad))).toBe(true)
    // 300 repeated keys, of which 43 break the range of a too, which is another cell.
    const nBreaches = Math.floor(n / 7)
    expect(counts).toMatchObject({
      nCells: 2 * n,
      nPresentCells: 2 * n,
      nInvalidCells: 300 + nBreaches,
      nDistinctKeys: n - 299,
    })
    expect(done).toEqual([0.25, 0.5, 0.75, 1])
  })
})
