import { createHash } from 'node:crypto'
import zlib from 'node:zlib'
import { describe, expect, it, test } from 'vitest'
import { AssayError } from '../../../errors/index.ts'
import { landSource } from '../land-source.ts'
import { readLanded, testFolder } from '../landed.fixture.ts'
import type { CsvSpec } from '../spec.ts'

const folder = testFolder()
const directory = `${folder.path}/landed`

async function land(content: string | Buffer, spec: Partial<CsvSpec> = {}) {
  const landed = await landSource({ kind: 'csv', path: folder.write(content), ...spec }, { directory })
  return { ...landed, names: landed.columns.map(({ name }) => name), rows: await readLanded(landed) }
}

describe('what is read', () => {
  test.each<[string, string | Buffer, string[], (string | null)[][]]>([
    [
      'commas',
      'a,b\n1,x\n2,y\n',
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    ['semicolons and decimal commas', 'a;b\n1,5;2\n', ['a', 'b'], [['1,5', '2']]],
    [
      'decimal commas without a header',
      '1,5;2,5;3\n4,5;5,5;6\n',
      ['c1', 'c2', 'c3'],
      [
        ['1,5', '2,5', '3'],
        ['4,5', '5,5', '6'],
      ],
    ],
    ['tabs', 'a\tb\n1\t2\n', ['a', 'b'], [['1', '2']]],
    ['bars', 'a|b\n1|2\n', ['a', 'b'], [['1', '2']]],
    [
      'runs of spaces',
      '  a   b\n 1  "x y" \n2 z\n',
      ['a', 'b'],
      [
        ['1', 'x y'],
        ['2', 'z'],
      ],
    ],
    ['one column', 'a\n1\n2\n', ['a'], [['1'], ['2']]],
    ['Windows lines and a byte-order mark', '\uFEFFa,b\r\n1,2\r\n', ['a', 'b'], [['1', '2']]],
    ['no newline at the end', 'a,b\n1,2', ['a', 'b'], [['1', '2']]],
    [
      'quotes',
      'a,b\n"x, ""y""",1\n"line\nbreak",2\n',
      ['a', 'b'],
      [
        ['x, "y"', '1'],
        ['line\nbreak', '2'],
      ],
    ],
    ['single quotes', "'a','b'\n'x, y','1'\n", ['a', 'b'], [['x, y', '1']]],
    ['a quoted header with other delimiters', '"a;;;",b\n1,2\n', ['a;;;', 'b'], [['1', '2']]],
    ['spaces around', ' a , b \n 1 , x \n', ['a', 'b'], [['1', 'x']]],
    [
      'tabs and no-break spaces around',
      'a,b\n\t1\u00a0,\u3000x\u00a0\n2,y\n',
      ['a', 'b'],
      [
        ['1', 'x'],
        ['2', 'y'],
      ],
    ],
    ['no-break spaces alone around', 'a,b\n1\u00a0,\u3000x\n', ['a', 'b'], [['1', 'x']]],
    [
      'line ends around, in quotes',
      'a,b\n"\n1",2\n3,"4\n"\n',
      ['a', 'b'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['line ends and spaces around, in quotes', 'a,b,c\n1," \n 2\n ",3\n', ['a', 'b', 'c'], [['1', '2', '3']]],
    [
      'missing values',
      'a,b\nNA,x\n,NULL\n3,\n',
      ['a', 'b'],
      [
        [null, 'x'],
        [null, null],
        ['3', null],
      ],
    ],
    [
      'names of years',
      'land,2019,2020\nx,1,2\ny,3,4\n',
      ['land', '2019', '2020'],
      [
        ['x', '1', '2'],
        ['y', '3', '4'],
      ],
    ],
    ['gzip, whatever the name', zlib.gzipSync('a,b\n1,x\n'), ['a', 'b'], [['1', 'x']]],
  ])('%s', async (_, content, names, rows) => {
    const landed = await land(content)
    expect(landed.names).toEqual(names)
    expect(landed.rows).toEqual(rows)
    expect(landed.nRows).toBe(rows.length)
  })

  it('takes further texts for missing when it is told to', async () => {
    expect((await land('a,b\n?,1\n')).rows).toEqual([['?', '1']])
    expect((await land('a,b\n?,1\n', { missing: ['?'] })).rows).toEqual([[null, '1']])
  })

  it('does as it is told about delimiter, quote, header and names', async () => {
    expect((await land('a,b;c\n1,2;3\n', { delimiter: ';' })).rows).toEqual([['1,2', '3']])
    expect((await land("a,b\n'1,5',2\n", { quote: "'" })).rows).toEqual([['1,5', '2']])
    expect((await land('a,b\n1,2\n', { header: false })).rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ])
    expect((await land('1,2\n3,4\n', { header: true })).names).toEqual(['1', '2'])
    const named = await land('1,2\n3,4\n', { names: ['x', 'y'] })
    expect([named.names, named.nRows, named.warnings]).toEqual([['x', 'y'], 2, []])
    expect((await land('x,y\n3,4\n', { names: ['x', 'y'] })).nRows).toBe(1)
  })

  it('keeps the order of rows, counts them and says where they came from', async () => {
    const content = `n,text\n${Array.from({ length: 30_000 }, (_, i) => `${i},t${i % 7}`).join('\n')}\n`
    const landed = await land(content)
    expect(landed.rows.map(([n]) => Number(n))).toEqual(Array.from({ length: 30_000 }, (_, i) => i))
    const sha256 = createHash('sha256').update(content).digest('hex')
    expect(landed.source).toEqual({ kind: 'csv', location: `${folder.path}/given`, sizeBytes: content.length, sha256 })
  })

  it('reads the first rows only when asked, and tells how far it is', async () => {
    const told: (number | null)[][] = []
    const progress = (done: number, total: number | null) => void told.push([done, total])
    const path = folder.write('a\n1\n2\n3\n')
    const landed = await landSource({ kind: 'csv', path }, { directory, maxRows: 2, progress })
    expect(landed.nRows).toBe(2)
    expect(told.at(-1)).toEqual([8, 8])
  })

  it('pairs many rows of files beside each other in their order', async () => {
    const n = 50_000
    const path = folder.write(Array.from({ length: n }, (_, i) => `${i} x`).join('\n'), 'data')
    const beside = folder.write(Array.from({ length: n }, (_, i) => `${i}`).join('\n'), 'label')
    const spec: CsvSpec = { kind: 'csv', path, header: false, beside: [{ path: beside, names: ['c1'] }] }
    const landed = await landSource(spec, { directory })
    expect(landed.columns.map(({ name }) => name)).toEqual(['c1', 'c2', 'c1_1'])
    const rows = await readLanded(landed)
    expect(rows.length).toBe(n)
    expect(rows.every(([a, , b], i) => a === String(i) && b === String(i))).toBe(true)
  })
})

it('shows the value of a broken row to the caller, and none in what may be kept', async () => {
  const error = await land('a,b\n1,2,Jane Doe\n').catch((thrown: AssayError) => thrown)
  expect(error).toBeInstanceOf(AssayError)
  expect((error as AssayError).message).toContain('Jane Doe')
  expect((error as AssayError).messageToKeep).not.toContain('Jane')
  expect((error as AssayError).messageToKeep).toContain('line 2, column 3')
})
