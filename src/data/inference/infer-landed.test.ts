import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { formatContract, parseContract } from '../contract/contract-yaml.ts'
import { land, type GivenColumn } from '../landed.fixture.ts'
import { validateLanded } from '../validation/validate-landed.ts'
import { inferLanded, type LandedHints } from './infer-landed.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-infer-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

async function infer(given: Record<string, GivenColumn>, hints: Partial<LandedHints> = {}) {
  const landed = await land(folder, given)
  const { contract, warnings } = await inferLanded(landed, { dataset: 'd', ...hints }, { directory: folder })
  const columns = Object.fromEntries(contract.columns.map(({ name, ...column }) => [name, column]))
  return { landed, contract, warnings, columns, codes: warnings.map(({ code, column }) => `${code} ${column}`) }
}
const N = 40
const rows = Array.from({ length: N }, (_, i) => i)
const day = (i: number, month = 1) => `${month}/${(i % 28) + 1}/2026`

describe('types of texts', () => {
  test.each<[string, (i: number) => string | null, object, string[]]>([
    ['whole numbers', (i) => String((i * 3) % 17), { type: 'integer', confidence: 1, min: 0 }, []],
    ['numbers below zero', (i) => String(i - 3.5), { type: 'number', confidence: 1 }, []],
    ['exponents', (i) => `${i}e-3`, { type: 'number' }, []],
    ['true and false', (i) => (i % 3 ? 'True' : 'FALSE'), { type: 'boolean' }, []],
    ['yes and no', (i) => (i % 3 ? 'yes' : 'no'), { type: 'category', values: ['no', 'yes'] }, []],
    ['leading zeros', (i) => `0${(i % 9) + 10}`, { type: 'category' }, []],
    ['numbers longer than a double', (i) => `900719925474099${100 + (i % 9)}`, { type: 'category' }, []],
    ['thousands', (i) => `${i + 1},234.50`, { type: 'number', format: '1,234.56', confidence: 1 }, ['NUMBER_FORMAT x']],
    ['decimal commas', (i) => `${i},5`, { type: 'number', format: '1234,56' }, ['NUMBER_FORMAT x']],
    ['European thousands', (i) => `${i + 1}.234,5`, { type: 'number', format: '1.234,56' }, ['NUMBER_FORMAT x']],
    [
      'commas of either meaning',
      (i) => `${i + 1},234`,
      { type: 'integer', format: '1,234.56', confidence: 0.5 },
      ['NUMBER_FORMAT x'],
    ],
    ['points of either meaning', (i) => `${i + 1}.234`, { type: 'number' }, ['NUMBER_FORMAT x']],
    ['money', (i) => `$${i + 1},000.25`, { type: 'number', format: '¤1,234.56' }, ['NUMBER_FORMAT x']],
    ['per cent', (i) => `${i}.5 %`, { type: 'number', format: '1234.56 %' }, ['NUMBER_FORMAT x']],
    ['ISO dates', (i) => `2026-01-${String((i % 28) + 1).padStart(2, '0')}`, { type: 'date' }, []],
    ['ISO times', (i) => `2026-01-02T10:${i + 10}:00Z`, { type: 'timestamp' }, []],
    ['US dates', (i) => day(i), { type: 'date', format: '%m/%d/%Y', confidence: 1 }, []],
    ['European dates', (i) => `${(i % 28) + 1}/1/2026`, { type: 'date', format: '%d/%m/%Y' }, []],
    ['German dates', (i) => `${(i % 28) + 1}.01.2026`, { type: 'date', format: '%d.%m.%Y' }, []],
    ['dates in words', (i) => `${(i % 28) + 1} Oct 2014`, { type: 'date', format: '%d %b %Y' }, []],
    ['short years', (i) => `1/${(i % 28) + 1}/14`, { type: 'date', format: '%m/%d/%y' }, []],
    ['dates with times', (i) => `${day(i)} 3:${i + 10} PM`, { type: 'timestamp', format: '%m/%d/%Y %I:%M %p' }, []],
    [
      'dates of either order',
      (i) => `${(i % 12) + 1}/0${(i % 9) + 1}/2026`,
      { type: 'date', format: '%m/%d/%Y', confidence: 0.5 },
      ['DATE_ORDER_AMBIGUOUS x'],
    ],
    ['categories', (i) => 'NESW'[i % 4], { type: 'category', values: ['E', 'N', 'S', 'W'] }, []],
    ['many texts', (i) => `text ${i % 30}`, { type: 'string' }, []],
    [
      'a stray text among numbers',
      (i) => (i === 7 ? 'many' : String(i % 9)),
      { type: 'integer', confidence: 0.98 },
      ['MIXED_TYPES x'],
    ],
    ['half numbers', (i) => (i % 3 ? String(i % 9) : 'many'), { type: 'category' }, ['MIXED_TYPES x']],
    ['nothing', () => null, { type: 'string', role: 'ignore', nullable: true }, ['EMPTY_COLUMN x']],
    ['one value', () => 'same', { role: 'ignore' }, ['CONSTANT_COLUMN x']],
  ])('%s', async (_, valueOf, wanted, codes) => {
    // A second column keeps the only date from being the time of the rows.
    const given = { x: rows.map(valueOf), y: rows.map((i) => `${i % 2}`) }
    const inferred = await infer(given)
    expect(inferred.columns.x).toMatchObject(wanted)
    expect(inferred.codes).toEqual(codes)
    expect(parseContract(formatContract(inferred.contract))).toEqual(inferred.contract)
    const validation = await validateLanded(inferred.landed, inferred.contract, { directory: folder })
    expect(validation.violations.map(({ count }) => count)).toEqual(
      codes[0] === 'MIXED_TYPES x' && inferred.columns.x.type === 'integer' ? [1] : [],
    )
  })

  it('of a Parquet file are its own', async () => {
    const { columns, warnings } = await infer({
      n: { type: 'number', values: rows.map((i) => String(i / 2)) },
      whole: { type: 'number', values: rows.map((i) => `${i % 7}.0`) },
      i: { type: 'integer', values: rows.map((i) => String(-i % 5)) },
      b: { type: 'boolean', values: rows.map((i) => String(i % 2 === 0)) },
      d: { type: 'date', values: rows.map((i) => (i % 9 ? `2026-01-${10 + (i % 9)}` : null)) },
    })
    expect(columns).toMatchObject({
      n: { type: 'number', min: 0 },
      whole: { type: 'integer' },
      i: { type: 'integer' },
      b: { type: 'boolean' },
      d: { type: 'date', nullable: true, role: 'time' },
    })
    expect(columns.i.min).toBeUndefined()
    expect(warnings).toEqual([])
  })
})

it('placeholders for missing are found by content, told with their number, and missing ever after', async () => {
  const given = {
    a: rows.map((i) => ['1', '?', '2', '#VALUE!'][i % 4]),
    b: rows.map((i) => (i % 4 ? 'none' : 'some')),
    c: rows.map((i) => (i % 2 ? 'x' : 'y')),
  }
  const { columns, warnings, landed, contract } = await infer(given)
  expect(columns.a).toMatchObject({ type: 'integer', nullable: true, missing: ['#VALUE!', '?'], confidence: 0.8 })
  expect(columns.b.missing).toBeUndefined()
  expect(warnings).toEqual([
    {
      code: 'MISSING_PLACEHOLDER',
      column: 'a',
      message: 'a says "#VALUE!", "?" in 20 of 40 rows; it is taken for missing.',
    },
  ])
  const { counts } = await validateLanded(landed, contract, { directory: folder })
  expect(counts).toMatchObject({ nPresentCells: 3 * N - 20, nQuarantined: 0 })
})

describe('roles', () => {
  it('a key is found among many rows, where an estimate of its distinct values falls short of them', async () => {
    const { columns } = await infer({ PolicyNumber: Array.from({ length: 20_000 }, (_, i) => String(i + 1)) })
    expect(columns.PolicyNumber).toMatchObject({ role: 'id', unique: true })
  })

  it('are told by values and names', async () => {
    const { columns } = await infer({
      claim_id: rows.map((i) => `C${i}`),
      row: rows.map(String),
      member_id: rows.map((i) => `M${i % 9}`),
      signed_date: rows.map((i) => day(i, 1)),
      incident_date: rows.map((i) => day(i, 2)),
      amount: rows.map((i) => String(i + 0.5)),
    })
    expect(columns).toMatchObject({
      claim_id: { role: 'id', unique: true },
      row: { role: 'ignore' },
      member_id: { role: 'subject' },
      signed_date: { role: 'feature' },
      incident_date: { role: 'time' },
      amount: { role: 'feature' },
    })
    for (const { roleConfidence } of Object.values(columns)) expect(roleConfidence).toBeGreaterThan(0)
  })

  it('are those that were said', async () => {
    const given = {
      claim_id: rows.map((i) => `C${i}`),
      other: rows.map((i) => `X${i}`),
      d: rows.map((i) => day(i)),
      a: rows.map((i) => `${i % 3}`),
    }
    const { columns } = await infer(given, { id: 'other', drop: ['d'], protected: ['a'], target: undefined })
    expect(columns).toMatchObject({
      claim_id: { role: 'ignore' },
      other: { role: 'id', roleConfidence: 1 },
      d: { role: 'ignore' },
      a: { role: 'feature', protected: true },
    })
  })

  it('of personal data are told; direct identifiers are dropped', async () => {
    const { columns, warnings } = await infer({
      e_mail: rows.map((i) => `person${i}@example.org`),
      zip_code: rows.map((i) => String(94_100 + (i % 30))),
    })
    expect(columns).toMatchObject({
      e_mail: { pii: 'email', role: 'ignore', policy: 'drop' },
      zip_code: { pii: 'postcode', type: 'string', role: 'feature' },
    })
    expect(warnings.map(({ code }) => code)).toEqual(['PERSONAL_DATA', 'PERSONAL_DATA'])
    expect(warnings[0].message).toContain('The contract drops it')
  })

  test.each([{ target: 'z' }, { id: 'z' }, { time: 'z' }, { drop: ['z'] }, { protected: ['z'] }])(
    '%j is COLUMN_UNKNOWN',
    async (hints) => {
      await expect(infer({ y: ['a', 'b'] }, hints)).rejects.toMatchObject({
        code: 'COLUMN_UNKNOWN',
        message: expect.stringContaining('no column z; the data has y'),
      })
    },
  )
})

describe('the target', () => {
  test.each([
    [['0', '1', '1'], undefined, '1', ['0', '1']],
    [['N', 'Y', 'Y'], undefined, 'Y', ['N', 'Y']],
    [['bad', 'good', 'good'], undefined, 'bad', ['bad', 'good']],
    [['a', 'b', 'c', 'b'], 'c', 'c', ['a', 'b', 'c']],
    [['yes', 'no', '?', 'no'], undefined, 'yes', ['no', 'yes']],
  ])('of %j, positive %s, is %s of %j', async (values, given, positive, wanted) => {
    const { columns } = await infer({ y: values }, { target: 'y', positive: given })
    expect(columns.y).toMatchObject({ role: 'target', type: 'category', nullable: false, values: wanted, positive })
  })

  test.each([
    [['a', 'a'], undefined, 'the one value a'],
    [[null, '?'], undefined, 'missing in every row'],
    [['a', 'b', 'c'], undefined, '3 values (a, b, c); say which one is looked for with --positive'],
    [['a', 'b'], 'c', 'its values are a and b, not c'],
    [rows.map((i) => String(i * 1.5)), undefined, 'a number with 40 distinct values, an amount rather than a label'],
  ])('of %j, positive %s, is TARGET_INVALID', async (values, positive, words) => {
    await expect(infer({ y: values }, { target: 'y', positive })).rejects.toMatchObject({
      code: 'TARGET_INVALID',
      message: expect.stringContaining(words),
    })
  })
})
