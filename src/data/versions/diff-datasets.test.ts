import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { referenceBins, countInto, psi } from '../../stats/index.ts'
import type { Contract, ContractColumn } from '../contract/contract.ts'
import { openDuckDb } from '../duckdb/open.ts'
import { diffDatasets } from './diff-datasets.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-diff-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

let nFiles = 0
async function store(select: string): Promise<string> {
  const file = path.join(folder, `v${nFiles++}.parquet`)
  const duck = await openDuckDb()
  await duck.run(`copy (select *, 0 as _source_row from (${select})) to '${file}' (format parquet)`)
  duck.closeSync()
  return file
}
const contractOf = (...columns: Pick<ContractColumn, 'name' | 'role' | 'pii'>[]): Contract => ({
  dataset: 'd',
  version: 1,
  columns: columns.map((column) => ({ type: 'string', nullable: true, ...column })),
  rules: [],
})
async function diff(from: string, to: string, contract = contractOf({ name: 'id', role: 'id' })) {
  return diffDatasets({ from: await store(from), to: await store(to) }, contract, { directory: folder })
}

describe('what changed', () => {
  it('of columns: added, removed, of another type', async () => {
    const { columns } = await diff(
      `select 'a' as id, 1.5::double as amount, 'x' as gone`,
      `select 'a' as id, 1::bigint as amount, 'y' as come`,
    )
    expect(columns).toEqual({
      added: ['come'],
      removed: ['gone'],
      changed: [{ name: 'amount', from: 'double', to: 'bigint' }],
    })
  })

  const rows = (from: number, to: number, amount = 'i') =>
    `select 'C' || i as id, ${amount}::double as amount from range(${from}, ${to}) t(i)`

  it('of rows by their id: added, removed and changed', async () => {
    expect((await diff(rows(0, 100), rows(10, 130, 'case when i < 20 then -i else i end'))).rows).toEqual({
      added: 30,
      removed: 10,
      changed: 10,
    })
  })

  it('of rows by their content, where there is no id or it repeats', async () => {
    const without = contractOf({ name: 'amount', role: 'feature' })
    const changed = rows(10, 130, 'case when i < 20 then -i else i end')
    expect((await diff(rows(0, 100), changed, without)).rows).toEqual({ added: 40, removed: 20, changed: null })
    const twice = `${rows(0, 3)} union all ${rows(0, 3)}`
    expect((await diff(twice, rows(0, 3))).rows).toEqual({ added: 0, removed: 3, changed: null })
  })

  it('of nothing is nothing', async () => {
    const { columns, rows: counts, distributions } = await diff(rows(0, 50), rows(0, 50))
    expect([columns, counts]).toEqual([
      { added: [], removed: [], changed: [] },
      { added: 0, removed: 0, changed: 0 },
    ])
    expect(distributions).toEqual([{ name: 'amount', psi: 0, bins: expect.any(Array) }])
  })

  it('of distributions: the PSI that monitoring has, over numbers, dates and categories', async () => {
    const select = (shift: number) =>
      `select 'C' || i as id, (i + ${shift})::double as n, ['x', 'y', 'z'][(i * i + ${shift} // 30) % 3 + 1] as c,
         date '2026-01-01' + (i + ${shift})::int as d, case when i % 4 = 0 then null else 'same' end as e, 'm' || i as mail
       from range(100) t(i)`
    const contract = contractOf({ name: 'id', role: 'id' }, { name: 'mail', role: 'feature', pii: 'email' })
    const { distributions } = await diff(select(0), select(30), contract)
    const by = Object.fromEntries(distributions.map((one) => [one.name, one]))
    expect(Object.keys(by)).toEqual(['n', 'c', 'd', 'e'])
    const column = (shift: number) =>
      ({ kind: 'number', name: 'n', values: Float64Array.from({ length: 100 }, (_, i) => i + shift) }) as const
    const bins = referenceBins(column(0))
    const wanted = psi(countInto(bins, column(0)), countInto(bins, column(30)))
    // The deciles are estimates: an edge may lie a row aside.
    expect(Math.abs(by.n.psi - wanted) / wanted).toBeLessThan(0.1)
    expect(by.d.psi).toBeCloseTo(by.n.psi, 9)
    expect(by.e.psi).toBe(0)
    expect(by.e.bins.map(({ label, reference }) => [label, reference])).toEqual([
      ['same', 0.75],
      ['missing', 0.25],
    ])
    expect(by.c.bins.map(({ label }) => label)).toEqual(expect.arrayContaining(['x', 'y', 'unseen']))
  })
})
