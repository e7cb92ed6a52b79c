import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import {
  contentHash,
  parseContract,
  readCsv,
  readDataset,
  takeDataRows,
  writeDataset,
  type DataColumns,
} from '../index.ts'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-csv-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

function write(content: string | Buffer, name = 'given.csv'): string {
  const file = path.join(folder, name)
  fs.writeFileSync(file, content)
  return file
}
const plain = ({ columns }: DataColumns) => Object.fromEntries(columns.map(({ name, values }) => [name, [...values]]))

describe('what is read', () => {
  test.each<[string, string | Buffer, Record<string, (number | string | null)[]>]>([
    ['commas', 'a,b\n1,x\n2,y\n', { a: [1, 2], b: ['x', 'y'] }],
    ['semicolons and decimal commas', 'a;b\n1,5;2\n', { a: ['1,5'], b: [2] }],
    ['tabs', 'a\tb\n1\t2\n', { a: [1], b: [2] }],
    ['bars', 'a|b\n1|2\n', { a: [1], b: [2] }],
    ['one column', 'a\n1\n2\n', { a: [1, 2] }],
    ['Windows lines and a byte-order mark', '\uFEFFa,b\r\n1,2\r\n', { a: [1], b: [2] }],
    ['no newline at the end', 'a,b\n1,2', { a: [1], b: [2] }],
    ['quotes', 'a,b\n"x, ""y""",1\n"line\nbreak",2\n', { a: ['x, "y"', 'line\nbreak'], b: [1, 2] }],
    ['a quoted header with other delimiters', '"a;;;",b\n1,2\n', { 'a;;;': [1], b: [2] }],
    ['spaces around', ' a , b \n 1 , x \n', { a: [1], b: ['x'] }],
    [
      'missing values',
      'a,b,c\nNA,x,\n,NULL,\n3,y,\n',
      { a: [NaN, NaN, 3], b: ['x', null, 'y'], c: [null, null, null] },
    ],
    ['exponents and signs', 'a\n-1e3\n+.5\n2.\n', { a: [-1_000, 0.5, 2] }],
    ['a text among numbers', 'a\n1\n2\nthree\n', { a: ['1', '2', 'three'] }],
    ['doubled names', 'a,a\n1,2\n', { a: [1], a_1: [2] }],
    ['gzip, whatever the name', zlib.gzipSync('a,b\n1,x\n'), { a: [1], b: ['x'] }],
  ])('%s', async (_, content, wanted) => {
    expect(plain(await readCsv({ path: write(content) }))).toEqual(wanted)
  })

  it('takes further texts for missing when it is told to', async () => {
    const file = write('a,b\n?,1\n2,?\n')
    expect(plain(await readCsv({ path: file }))).toEqual({ a: ['?', '2'], b: ['1', '?'] })
    expect(plain(await readCsv({ path: file, missing: ['?'] }))).toEqual({ a: [NaN, 2], b: [1, NaN] })
  })

  it('leaves a category of digits a text, and reads the first rows only when asked', async () => {
    const contract = parseContract(`
dataset: d
version: 1
columns:
  - { name: code, type: category, nullable: false, role: feature }
  - { name: y, type: category, nullable: false, role: target }
`)
    const file = write('code,y\n007,1\n010,0\n')
    expect(plain(await readCsv({ path: file, contract, maxRows: 1 }))).toEqual({ code: ['007'], y: ['1'] })
    expect(plain(await readCsv({ path: file }))).toEqual({ code: [7, 10], y: [1, 0] })
  })

  it('reads a gzipped file that is longer than its head', async () => {
    const data = await readCsv({ path: write(zlib.gzipSync(`a,b\n${'1,x\n'.repeat(60_000)}`), 'long.csv.gz') })
    expect(data.nRows).toBe(60_000)
  })
})

describe('what is refused', () => {
  const rows = 'a,b\n' + '1,2\n'.repeat(40)

  test.each<[string, string | Buffer, 'CSV_EMPTY' | 'CSV_BROKEN', string]>([
    ['an empty file', '', 'CSV_EMPTY', 'the file is empty'],
    ['blank lines', '\n\r\n\n', 'CSV_EMPTY', 'blank lines only'],
    ['a header only', 'a,b\n', 'CSV_EMPTY', 'a header and no rows'],
    ['a packed header only', zlib.gzipSync('a,b\n'), 'CSV_EMPTY', 'a header and no rows'],
    ['binary', Buffer.from([80, 75, 3, 4, 0, 0, 1]), 'CSV_BROKEN', 'binary or UTF-16'],
    ['UTF-16', Buffer.from('\uFEFFa,b\n1,2\n', 'utf16le'), 'CSV_BROKEN', 'wanted UTF-8'],
    ['packed binary', zlib.gzipSync(Buffer.alloc(9)), 'CSV_BROKEN', 'zero bytes'],
    ['Latin-1', Buffer.from('a,b\nM\xFCller,1\n', 'latin1'), 'CSV_BROKEN', 'not utf-8'],
    ['half a gzip file', Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'CSV_BROKEN', 'gzip'],
    ['a shorter row', `${rows}3\n`, 'CSV_BROKEN', 'not every row has as many cells'],
    ['a longer row', `${rows}3,4,5\n`, 'CSV_BROKEN', 'not every row has as many cells'],
    ['a longer row far down', `a,b\n${'1,2\n'.repeat(5_000)}3,4,5\n`, 'CSV_BROKEN', 'Line: 5002'],
    ['a title above the header', 'Report\na,b\n1,2\n', 'CSV_BROKEN', 'as the header'],
    ['an open quote', 'a,b\n"x,1\ny,2\n', 'CSV_BROKEN', 'a quote is opened'],
  ])('%s', async (_, content, code, reason) => {
    const file = write(content)
    await expect(readCsv({ path: file })).rejects.toMatchObject({ code, message: expect.stringContaining(reason) })
    await expect(readCsv({ path: file })).rejects.toThrow(file)
  })

  it('a file that is not there, and a folder', async () => {
    for (const file of [path.join(folder, 'none.csv'), folder])
      await expect(readCsv({ path: file })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

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
      expect(contentHash(read)).toBe(contentHash(given))
    }
  })
})
