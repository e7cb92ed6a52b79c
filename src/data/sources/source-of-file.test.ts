import { expect, test } from 'vitest'
import { sourceOfFile } from './source-of-file.ts'

test.each([
  ['claims.csv', 'csv'],
  ['claims.CSV.gz', 'csv'],
  ['elec2_data.dat', 'csv'],
  ['no-extension', 'csv'],
  ['claims.parquet', 'parquet'],
  ['claims.ndjson', 'jsonl'],
  ['claims.jsonl.gz', 'jsonl'],
  ['parquet/claims.tsv', 'csv'],
])('%s is read as %s', (path, kind) => {
  expect(sourceOfFile(path)).toEqual({ kind, path })
})
