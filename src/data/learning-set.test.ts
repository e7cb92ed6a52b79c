import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import {
  holdOutMask,
  landSource,
  parseContract,
  readDataset,
  scanPersonalData,
  takeDataRows,
  toLearningSet,
  validateLanded,
  type Contract,
  type DataColumn,
  type DataColumns,
} from './index.ts'

const number = (name: string, values: number[]): DataColumn => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
})
const text = (name: string, values: (string | null)[]): DataColumn => ({ kind: 'text', name, values })
const table = (...columns: DataColumn[]): DataColumns => ({ nRows: columns[0].values.length, columns })
const contractOf = (columns: Partial<Contract['columns'][number]>[]): Contract => ({
  dataset: 'd',
  version: 1,
  columns: columns.map((column) => ({ name: '', type: 'category', nullable: true, role: 'feature', ...column })),
  rules: [],
})

it('taking rows of taken rows keeps the place in the source', () => {
  const data = table(number('a', [0, 1, 2, 3]), text('b', ['w', 'x', 'y', 'z']))
  const taken = takeDataRows(takeDataRows(data, Int32Array.of(3, 1, 0)), Int32Array.of(2, 0))
  expect(taken).toEqual({ ...table(number('a', [0, 3]), text('b', ['w', 'z'])), sourceRows: Int32Array.of(0, 3) })
})

describe('learning set', () => {
  const data = table(
    text('id', ['C1', 'C2', null, 'C4']),
    number('age', [17, 18, 75, NaN]),
    text('region', ['S', null, 'N', 'S']),
    number('code', [7, 10, 7, NaN]),
    text('left', ['a', 'b', 'c', 'd']),
    number('y', [1, 0, 1, 0]),
  )
  const contract = contractOf([
    { name: 'id', role: 'id' },
    { name: 'age', type: 'integer', protected: true },
    { name: 'region', values: ['W', 'S', 'N'], protected: true },
    { name: 'code' },
    { name: 'left', role: 'ignore' },
    { name: 'y', role: 'target', positive: '1' },
  ])

  it('has features by role, levels in the order of the contract, missing values, labels and ids', () => {
    const set = toLearningSet(data, contract)
    expect(set.table).toEqual({
      nRows: 4,
      columns: [
        { kind: 'number', name: 'age', values: Float64Array.of(17, 18, 75, NaN) },
        { kind: 'category', name: 'region', levels: ['S', 'N'], codes: Int32Array.of(0, -1, 1, 0) },
        { kind: 'category', name: 'code', levels: ['10', '7'], codes: Int32Array.of(1, 0, 1, -1) },
      ],
    })
    expect(set).toMatchObject({ target: 'y', positive: '1', y: Uint8Array.of(1, 0, 1, 0) })
    expect(set.ids).toEqual(['C1', 'C2', '2', 'C4'])
  })

  it('puts a protected number into bands, and leaves an unknown one without a group', () => {
    const [age, region] = toLearningSet(data, contract).groups
    expect([...age.codes].map((code) => age.levels[code] ?? null)).toEqual([
      'under 18',
      '18 to 24',
      '75 and over',
      null,
    ])
    expect(region.levels).toEqual(['N', 'S'])
  })

  it('knows rows without an id by their place in the source', () => {
    const withoutId = contractOf([{ name: 'region' }, { name: 'y', role: 'target' }])
    expect(toLearningSet(takeDataRows(data, Int32Array.of(3, 1)), withoutId)).toMatchObject({
      ids: ['3', '1'],
      rowNumbers: Int32Array.of(3, 1),
    })
  })

  it('is COLUMN_UNKNOWN where the data lacks a column of the contract', () => {
    const more = contractOf([{ name: 'gone' }, { name: 'y', role: 'target' }])
    expect(() => toLearningSet(data, more)).toThrow(
      expect.objectContaining({ code: 'COLUMN_UNKNOWN', message: expect.stringContaining('no column gone') }),
    )
  })
})

describe('hold-out', () => {
  const ids = Array.from({ length: 5_000 }, (_, i) => `C${i}`)

  it('does not move a row when others come, go or change places', () => {
    const mask = holdOutMask(ids, 'key', 0.25)
    expect([...holdOutMask(ids.slice(0, 100), 'key', 0.25)]).toEqual([...mask.subarray(0, 100)])
    expect([...holdOutMask(ids.toReversed(), 'key', 0.25)]).toEqual([...mask].reverse())
    const larger = holdOutMask(ids, 'key', 0.4)
    expect(mask.every((isHeldOut, i) => isHeldOut <= larger[i])).toBe(true)
  })

  it('has its share of the rows, other rows under another key, none at 0 and all at 1', () => {
    const share = (mask: Uint8Array) => mask.reduce((sum, isHeldOut) => sum + isHeldOut, 0) / mask.length
    // Four standard errors of a share of 0.25 over 5,000 rows.
    expect(Math.abs(share(holdOutMask(ids, 'key', 0.25)) - 0.25)).toBeLessThan(0.025)
    expect(holdOutMask(ids, 'other', 0.25)).not.toEqual(holdOutMask(ids, 'key', 0.25))
    expect([share(holdOutMask(ids, 'key', 0)), share(holdOutMask(ids, 'key', 1))]).toEqual([0, 1])
  })
})

describe('personal data', () => {
  test.each([
    ['last_name', 'Lovelace', 'names (by name, confidence 0.90). Drop it.'],
    ['contact', 'ada@example.com', 'e-mail addresses (by content, confidence 0.98). Drop it.'],
    ['insured_zip', '466132', 'postcodes (by name, confidence 0.90). It may stay within the company'],
    ['AddressChange_Claim', 'no change', undefined],
    ['provider_type', 'clinic', undefined],
  ])('a feature %s with %s looks like %s', (name, value, what) => {
    const warnings = scanPersonalData(table(text(name, [value, null, value])), contractOf([{ name }]))
    expect(warnings).toEqual(
      what
        ? [{ code: 'PERSONAL_DATA', column: name, message: expect.stringContaining(`${name} looks like ${what}`) }]
        : [],
    )
    expect(scanPersonalData(table(text(name, [value])), contractOf([{ name, role: 'ignore' }]))).toEqual([])
  })
})

const file = path.join(process.env.ASSAY_TEST_DATA ?? '', 'vehicle_fraud', 'fraud_oracle.csv')
const isThere = process.env.ASSAY_TEST_DATA !== undefined && fs.existsSync(file)
const why = isThere ? '' : ' (skipped: ASSAY_TEST_DATA does not name the folder of the data sets)'

describe.skipIf(!isThere)(`the vehicle claims under the contract of the example${why}`, () => {
  it('has one row for the quarantine, with two reasons', async () => {
    const yaml = fs.readFileSync(path.join(import.meta.dirname, '../../examples/vehicle-fraud/contract.yaml'), 'utf8')
    const contract = parseContract(yaml)
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-vehicles-'))
    const landed = await landSource({ kind: 'csv', path: file }, { directory })
    const { violations, quarantinePath, validPath } = await validateLanded(landed, contract, { directory })
    const quarantined = fs
      .readFileSync(quarantinePath, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const data = await readDataset(validPath)
    fs.rmSync(directory, { recursive: true })
    expect(quarantined).toHaveLength(1)
    expect(quarantined[0]).toMatchObject({ values: { DayOfWeekClaimed: '0', MonthClaimed: '0' } })
    expect(violations.map(({ code, column, count }) => [code, column, count])).toEqual([
      ['CATEGORY_NEW', 'DayOfWeekClaimed', 1],
      ['CATEGORY_NEW', 'MonthClaimed', 1],
    ])
    const set = toLearningSet(data, contract)
    expect([set.table.nRows, set.table.columns.length]).toEqual([15_419, 30])
    expect(set.y.reduce((sum, label) => sum + label, 0)).toBe(923)
  })
})
