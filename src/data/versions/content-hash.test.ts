import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Contract, ContractColumn } from '../contract/contract.ts'
import { openDuckDb } from '../duckdb/open.ts'
import { readDataset } from '../duckdb/parquet.ts'
import { land, type GivenColumn } from '../landed.fixture.ts'
import { toLearningSet } from '../learning-set.ts'
import { validateLanded } from '../validation/validate-landed.ts'
import { hashDataset } from './content-hash.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-hash-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const types: [string, ContractColumn['type']][] = [
  ['n', 'number'],
  ['i', 'integer'],
  ['c', 'category'],
  ['b', 'boolean'],
  ['d', 'date'],
  ['t', 'timestamp'],
]
const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: types.map(([name, type]) => ({ name, type, nullable: true, role: 'feature' })),
  rules: [],
}
const texts: Record<string, (string | null)[]> = {
  n: ['1.5', null, '-0', '1e300'],
  i: ['1', '2.0', null, '-3'],
  c: ['x', null, 'ä "y",', 'x'],
  b: ['yes', 'FALSE', null, 't'],
  d: ['2026-01-31', null, '1969-12-31', '2026-02-01'],
  t: ['2026-01-31T12:00:00+02:00', null, '2026-01-31 10:00:00.5', '1969-12-31T23:59:59Z'],
}
async function validOf(given: Record<string, GivenColumn>, of = contract) {
  const directory = fs.mkdtempSync(path.join(folder, 'run-'))
  return (await validateLanded(await land(folder, given), of, { directory })).validPath
}
const hash = async (file: string) => hashDataset(file, { directory: folder })
async function rewrite(select: string, options = 'format parquet'): Promise<string> {
  const file = path.join(folder, `${Math.round(performance.now() * 1e6)}.parquet`)
  const duck = await openDuckDb()
  await duck.run(`copy (${select}) to '${file}' (${options})`)
  duck.closeSync()
  return file
}

describe('the content hash', () => {
  it('is the same from texts and from a typed source', async () => {
    const { id, columns } = await hash(await validOf(texts))
    expect(id).toMatch(/^[0-9a-f]{64}$/)
    expect(Object.keys(columns)).toEqual(types.map(([name]) => name))
    const typed = await validOf({
      n: { type: 'number', values: ['1.5', 'nan', '0', '1e300'] },
      i: { type: 'number', values: ['1', '2', null, '-3'] },
      c: texts.c,
      b: { type: 'boolean', values: ['true', 'false', null, 'true'] },
      d: { type: 'date', values: texts.d },
      t: { type: 'timestamp', values: ['2026-01-31 10:00:00', null, '2026-01-31 10:00:00.5', '1969-12-31 23:59:59'] },
    })
    expect(await hash(typed)).toEqual({ id, columns })
  })

  it('does not depend on how the file is packed, nor on where rows came from', async () => {
    const file = await rewrite(`select i::double as a, 'v' || (i % 7) as b, 5 as _source_row from range(9000) t(i)`)
    const other = await rewrite(
      `select a, b, 9 as _source_row from '${file}'`,
      'format parquet, row_group_size 2048, compression zstd',
    )
    expect(await hash(other)).toEqual(await hash(file))
  })

  test.each([
    ['a value', `select 1.0::double as a, 'y' as b`],
    ['a missing text for an empty one', `select 1.0::double as a, '' as b`],
    ['a name', `select 1.0::double as a, null::varchar as c`],
    ['a type', `select 1::bigint as a, null::varchar as b`],
    ['the order of columns', `select null::varchar as b, 1.0::double as a`],
    ['a row more', `select unnest([1.0, 1.0])::double as a, null::varchar as b`],
  ])('depends on %s', async (_, select) => {
    const base = await hash(await rewrite(`select 1.0::double as a, null::varchar as b`))
    expect((await hash(await rewrite(select))).id).not.toBe(base.id)
  })

  it('tells which columns two versions share', async () => {
    const a = await hash(await validOf(texts))
    const b = await hash(await validOf({ ...texts, c: ['x', null, 'z', 'x'] }))
    const shared = types.map(([name]) => name).filter((name) => a.columns[name] === b.columns[name])
    expect(shared).toEqual(['n', 'i', 'b', 'd', 't'])
  })
})

describe('a dataset in memory', () => {
  it('has dates as days, booleans as texts, and the source rows', async () => {
    const file = await validOf(texts)
    const data = await readDataset(file)
    expect(data.columns).toEqual([
      { kind: 'number', name: 'n', values: Float64Array.of(1.5, NaN, -0, 1e300) },
      { kind: 'number', name: 'i', values: Float64Array.of(1, 2, NaN, -3) },
      { kind: 'text', name: 'c', values: texts.c },
      { kind: 'text', name: 'b', values: ['true', 'false', null, 'true'] },
      { kind: 'number', name: 'd', format: 'date', values: Float64Array.of(20_484, NaN, -1, 20_485) },
      {
        kind: 'number',
        name: 't',
        format: 'date',
        values: Float64Array.of(20_484 + 10 / 24, NaN, 20_484 + 36_000.5 / 86_400, -1 / 86_400),
      },
    ])
    expect([...data.sourceRows!]).toEqual([0, 1, 2, 3])
  })

  it('gives learning its dates as numbers of days, and leaves dropped columns out', async () => {
    const columns: Contract['columns'] = [
      { name: 'd', type: 'date', nullable: true, role: 'feature' },
      { name: 'c', type: 'string', nullable: true, role: 'feature', policy: 'drop' },
      { name: 'b', type: 'boolean', nullable: true, role: 'target', positive: 'true' },
      { name: 'i', type: 'integer', nullable: true, role: 'feature', protected: true },
    ]
    const data = await readDataset(await validOf(texts, { ...contract, columns }))
    const set = toLearningSet(data, { ...contract, columns })
    expect(set.table.columns).toEqual([
      { kind: 'number', name: 'd', format: 'date', values: Float64Array.of(20_484, NaN, -1, 20_485) },
      { kind: 'number', name: 'i', values: Float64Array.of(1, 2, NaN, -3) },
    ])
    expect(set.y).toEqual(Uint8Array.of(1, 0, 0, 1))
    const withoutTarget = { ...contract, columns: columns.filter(({ role }) => role !== 'target') }
    expect(() => toLearningSet(data, withoutTarget)).toThrow(expect.objectContaining({ code: 'TARGET_MISSING' }))
  })
})
