import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contract, ContractColumn } from './contract/contract.ts'
import { land } from './landed.fixture.ts'
import { qualityOf } from './quality.ts'
import { validateLanded } from './validation/validate-landed.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-quality-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const column = (name: string, more: Partial<ContractColumn>): ContractColumn => ({
  name,
  type: 'category',
  nullable: true,
  role: 'feature',
  ...more,
})
const given = {
  key: ['p', 'q', 'q', 's'],
  a: ['1', '-1.5', null, '9'],
  day: ['2026-01-31', '2026-01-01', null, '2025-01-01'],
}

async function qualityUnder(contract: Partial<Contract>) {
  const { counts } = await validateLanded(
    await land(folder, given),
    { dataset: 'd', version: 1, columns: [], rules: [], ...contract },
    { directory: folder, asOf: new Date('2026-02-01T00:00:00Z') },
  )
  return qualityOf(counts)
}

describe('quality', () => {
  it('counts cells, keys and rows, each once whatever it breaks', async () => {
    const quality = await qualityUnder({
      columns: [
        column('key', { unique: true }),
        column('a', { type: 'number', min: 0, pattern: '^\\d' }),
        column('day', { type: 'date', role: 'time' }),
      ],
      rules: [
        { name: 'r', sql: 'a < 5' },
        { name: 's', sql: 'a != 9' },
      ],
      freshnessDays: 40,
    })
    // 10 of 12 cells are there; the two keys q and the cell -1.5, which breaks two rules, are invalid; row 3 breaks both table rules;
    // of the rows two are of the last 40 days, one is older and one says no day.
    const wanted = { completeness: 10 / 12, uniqueness: 3 / 4, validity: 7 / 10, consistency: 3 / 4, timeliness: 2 / 4 }
    for (const [name, value] of Object.entries(wanted))
      expect([name, quality[name as keyof typeof quality]]).toEqual([name, expect.closeTo(value, 12)])
  })

  it('has no figure for what the contract does not promise', async () => {
    expect(await qualityUnder({ columns: [column('a', { type: 'number' })] })).toEqual({
      completeness: 0.75,
      uniqueness: null,
      validity: 1,
      consistency: null,
      timeliness: null,
    })
  })
})
