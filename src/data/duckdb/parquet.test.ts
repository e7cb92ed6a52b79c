import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readDataset, takeDataRows, writeDataset, type DataColumns } from '../index.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-parquet-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

describe('Parquet', () => {
  const data: DataColumns = {
    nRows: 4,
    columns: [
      { kind: 'number', name: 'amount "US"', values: Float64Array.of(1.5, NaN, -1e300, 5e-324) },
      { kind: 'text', name: 'text', values: ['ä, "x"\n', null, '', '-'] },
    ],
  }

  it('gives back the same columns, types, rows, order and source rows', async () => {
    const taken = takeDataRows(data, Int32Array.of(3, 0, 1))
    for (const [name, given] of Object.entries({ whole: data, taken, none: takeDataRows(data, new Int32Array()) })) {
      const file = path.join(folder, `it's ${name}.parquet`)
      await writeDataset(given, file)
      const read = await readDataset(file)
      expect(read.columns).toEqual(given.columns)
      expect([...read.sourceRows!]).toEqual([...(given.sourceRows ?? [0, 1, 2, 3])])
    }
  })
})
