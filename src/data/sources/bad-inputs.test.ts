import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BadInput } from './bad-inputs/case.fixture.ts'
import { besides, brokenRows, encodings, noTable, oddCells } from './bad-inputs/csv-cases.fixture.ts'
import { jsonFiles } from './bad-inputs/json-cases.fixture.ts'
import { parquetFiles, places } from './bad-inputs/file-cases.fixture.ts'
import { landSource } from './land-source.ts'
import { readLanded, testFolder } from './landed.fixture.ts'

const tables: Record<string, BadInput[]> = {
  'CSV: no table': noTable,
  'CSV: broken rows': brokenRows,
  'CSV: encodings and line ends': encodings,
  'CSV: odd columns and cells': oddCells,
  'CSV: files beside each other': besides,
  'places of files': places,
  Parquet: parquetFiles,
  JSON: jsonFiles,
}
const folder = testFolder()
let nCases = 0

describe.each(Object.entries(tables))('%s', (_, cases) => {
  test.each(cases.map((given) => [given.name, given] as const))('%s', async (_name, given) => {
    const own = path.join(folder.path, `case-${nCases++}`)
    fs.mkdirSync(own)
    const spec = await given.make(own)
    const directory = path.join(own, 'landed')
    const landing = landSource(spec, { directory, roots: given.roots?.(own) })
    if ('code' in given) {
      const error = await landing.then(
        () => undefined,
        (thrown: Error) => thrown,
      )
      expect(error).toMatchObject({ code: given.code })
      for (const word of given.words) expect(error?.message).toContain(word)
      expect(fs.readdirSync(directory)).toEqual([])
      return
    }
    const landed = await landing
    expect(landed.nRows).toBe(typeof given.rows === 'number' ? given.rows : given.rows.length)
    if (typeof given.rows !== 'number') expect(await readLanded(landed)).toEqual(given.rows)
    if (given.names) expect(landed.columns.map(({ name }) => name)).toEqual(given.names)
    if (given.warnings) expect(landed.warnings.map(({ code }) => code)).toEqual(given.warnings)
    expect(fs.readdirSync(directory)).toEqual([path.basename(landed.path)])
  })
})
