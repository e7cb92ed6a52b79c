import { expect, it } from 'vitest'
import { datasetNameOf, nameFault } from './dataset-name.ts'

it.each([
  ['claims.csv', 'claims'],
  ['Claims 2026 (final).csv.gz', 'Claims-2026-final'],
  ['/data/in/us auto.parquet', 'us-auto'],
  ['C:\\data\\rows.jsonl', 'rows'],
  ['données.csv', 'donne-es'],
  ['v1.2.csv', 'v1-2'],
  ['日本.csv', 'data'],
  ['.csv', 'data'],
  ['x'.repeat(90), 'x'.repeat(50)],
])('of %s is %s', (file, name) => {
  expect(datasetNameOf(file)).toBe(name)
  expect(nameFault(name)).toBeNull()
})

it('says what is wrong with a name', () => {
  expect(nameFault(' ')).toBe('Give the dataset a name')
  expect(nameFault('a b')).toBe('Letters, digits, - and _ only')
  expect(nameFault('x'.repeat(51))).toBe('At most 50 characters')
})
