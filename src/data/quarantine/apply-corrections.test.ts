import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Contract } from '../contract/contract.ts'
import { readDataset } from '../duckdb/parquet.ts'
import { land } from '../landed.fixture.ts'
import { validateLanded } from '../validation/validate-landed.ts'
import type { Corrections } from '../schemas.ts'
import { applyCorrections } from './apply-corrections.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-corrections-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const given = {
  id: ['A', 'B', 'C', 'D'],
  'amount "US"': ['1', '-2', 'x', '4'],
  n: { type: 'integer' as const, values: ['1', '2', '3', null] },
}
const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: [
    { name: 'id', type: 'string', nullable: false, role: 'id', unique: true },
    { name: 'amount "US"', type: 'number', nullable: false, role: 'feature', min: 0 },
    { name: 'n', type: 'integer', nullable: true, role: 'feature' },
  ],
  rules: [],
}
const validRows = async (landed: Awaited<ReturnType<typeof land>>) => {
  const directory = fs.mkdtempSync(path.join(folder, 'run-'))
  const { validPath, quarantinePath, counts } = await validateLanded(landed, contract, { directory })
  const data = await readDataset(validPath)
  const rows = fs
    .readFileSync(quarantinePath, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line).row)
  return { rows: [...data.sourceRows!], columns: data.columns, quarantined: rows, counts }
}

describe('corrections', () => {
  it('make broken rows valid, leave discarded ones out, and keep the rows of the source', async () => {
    const landed = await land(folder, given)
    expect(await validRows(landed)).toMatchObject({ rows: [0, 3], quarantined: [1, 2] })
    const corrections = { corrections: [{ row: 2, values: { 'amount "US"': '3', n: null } }], discards: [1] }
    const corrected = await applyCorrections(landed, corrections, { directory: folder })
    expect(corrected).toMatchObject({ nRows: 3, hasSourceRows: true, columns: landed.columns })
    const after = await validRows(corrected)
    expect(after).toMatchObject({ rows: [0, 2, 3], quarantined: [], counts: { nRows: 3, nValid: 3 } })
    expect(after.columns.map(({ values }) => [...values])).toEqual([
      ['A', 'C', 'D'],
      [1, 3, 4],
      [1, NaN, NaN],
    ])
    // What was given is as it was.
    expect(await validRows(landed)).toMatchObject({ rows: [0, 3], quarantined: [1, 2] })
  })

  it('go on from corrected data, by the same row numbers', async () => {
    const first = await applyCorrections(
      await land(folder, given),
      { corrections: [], discards: [0, 1] },
      { directory: folder },
    )
    expect(await validRows(first)).toMatchObject({ rows: [3], quarantined: [2] })
    const second = await applyCorrections(
      first,
      { corrections: [{ row: 2, values: { 'amount "US"': '0' } }], discards: [] },
      { directory: folder },
    )
    expect(await validRows(second)).toMatchObject({ rows: [2, 3], quarantined: [] })
  })

  it('that break the contract leave the row in quarantine, with what it now says', async () => {
    const corrections = { corrections: [{ row: 1, values: { id: 'A' } }], discards: [] }
    const corrected = await applyCorrections(await land(folder, given), corrections, { directory: folder })
    expect(await validRows(corrected)).toMatchObject({ rows: [3], quarantined: [0, 1, 2] })
  })

  test.each<[string, Corrections]>([
    ['row 4 cannot be made: the source has 4 rows', { corrections: [], discards: [4] }],
    ['row 1 cannot be made: it is listed twice', { corrections: [{ row: 1, values: { id: 'x' } }], discards: [1] }],
    ['the source has no column colour', { corrections: [{ row: 1, values: { colour: 'x' } }], discards: [] }],
    ['the value of n is no integer', { corrections: [{ row: 1, values: { n: 'many' } }], discards: [] }],
  ])('are CORRECTION_INVALID: %s', async (words, corrections) => {
    await expect(applyCorrections(await land(folder, given), corrections, { directory: folder })).rejects.toMatchObject(
      {
        code: 'CORRECTION_INVALID',
        message: expect.stringContaining(words),
      },
    )
  })
})
