import fs from 'node:fs'
import zlib from 'node:zlib'
import { csv, type BadInput, type Make } from './case.fixture.ts'

const rows = (n: number) => '1,2\n'.repeat(n)
const head40 = `a,b\n${rows(40)}`
/** A zip archive's local header of one file. */
const zipOf = (name: string) =>
  Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(22), Buffer.from([name.length, 0, 0, 0]), Buffer.from(name)])

/** Files that hold no table at all, or another format's. */
export const noTable: BadInput[] = [
  { name: 'empty', make: csv(''), code: 'CSV_EMPTY', words: ['given.csv', 'the file is empty'] },
  { name: 'a header only', make: csv('a,b\n'), code: 'CSV_EMPTY', words: ['a header and no rows'] },
  { name: 'blank lines', make: csv('\n\r\n\n'), code: 'CSV_EMPTY', words: ['blank lines only'] },
  {
    name: 'a packed header only',
    make: csv(zlib.gzipSync('a,b\n')),
    code: 'CSV_EMPTY',
    words: ['a header and no rows'],
  },
  { name: 'packed nothing', make: csv(zlib.gzipSync('')), code: 'CSV_EMPTY', words: ['the file is empty'] },
  {
    name: 'binary',
    make: csv(Buffer.from([1, 2, 0, 0, 0, 3, 255])),
    code: 'CSV_BROKEN',
    words: ['zero byte at 2', 'binary'],
  },
  { name: 'NUL bytes in text', make: csv('a,b\nx\0y,1\n'), code: 'CSV_BROKEN', words: ['zero byte at 5'] },
  { name: 'a zip named csv', make: csv(zipOf('data.csv')), code: 'CSV_BROKEN', words: ['zip archive', 'unpack'] },
  {
    name: 'an xlsx named csv',
    make: csv(zipOf('[Content_Types].xml')),
    code: 'CSV_BROKEN',
    words: ['Excel workbook', 'save the sheet as CSV'],
  },
  { name: 'a Parquet file named csv', make: csv('PAR1....PAR1'), code: 'CSV_BROKEN', words: ['kind parquet'] },
  { name: 'packed binary', make: csv(zlib.gzipSync(Buffer.alloc(9))), code: 'CSV_BROKEN', words: ['zero byte at 0'] },
  {
    name: 'a truncated gzip',
    make: csv(() => zlib.gzipSync(`a,b\n${rows(5_000)}`).subarray(0, 40)),
    code: 'CSV_BROKEN',
    words: ['not a whole gzip file'],
  },
  {
    name: 'a gzip bomb',
    make: csv(() => zlib.gzipSync(Buffer.alloc(80 * 2 ** 20, 'a,b\n'))),
    code: 'UNPACKED_TOO_LARGE',
    words: ['given.csv', '200 times its size'],
  },
]

/** Rows that are not like the others, and quotes that are not closed. */
export const brokenRows: BadInput[] = [
  {
    name: 'a shorter row early',
    make: csv('a,b\n1\n3,4\n'),
    code: 'ROW_BROKEN',
    words: ['given.csv, line 2, column b', 'given nothing', 'wanted 2 cells', 'the row has 1'],
  },
  {
    name: 'a shorter row late',
    make: csv(`a,b\n${rows(5_000)}3\n`),
    code: 'ROW_BROKEN',
    words: ['line 5002, column b', 'wanted 2 cells'],
  },
  {
    name: 'a longer row early',
    make: csv(`${head40}3,4,"x, y"\n`),
    code: 'ROW_BROKEN',
    words: ['line 42, column 3', 'given "x, y"', 'wanted 2 cells, as the header has, and the row has 3'],
  },
  {
    name: 'a longer row late',
    make: csv(`a,b\n${rows(5_000)}3,4,5\n`),
    code: 'ROW_BROKEN',
    words: ['line 5002', '"5"'],
  },
  {
    name: 'a longer row, packed',
    make: csv(zlib.gzipSync(`a,b\n${rows(5_000)}3,4,5\n`)),
    code: 'ROW_BROKEN',
    words: ['line 5002'],
  },
  {
    name: 'a longer row below a quoted line break',
    make: csv('a,b\n"x\ny",2\n3,4,5\n'),
    code: 'ROW_BROKEN',
    words: ['line 4'],
  },
  {
    name: 'a shorter row among runs of spaces',
    make: csv('a b\n1 2\n3\n', { delimiter: ' ' }),
    code: 'ROW_BROKEN',
    words: ['line 3, column b'],
  },
  {
    name: 'a title above the header',
    make: csv('Report\na,b\n1,2\n'),
    code: 'ROW_BROKEN',
    words: ['line 2', 'wanted 1 cells, as the header has'],
  },
  { name: 'comment lines', make: csv('# by hand\na,b\n1,2\n'), code: 'ROW_BROKEN', words: ['line 2', 'the row has 2'] },
  {
    name: 'an unterminated quote',
    make: csv('a,b\n"x,1\ny,2\n'),
    code: 'ROW_BROKEN',
    words: ['column a', 'wanted the closing " of the quote opened on line 2'],
  },
  {
    name: 'text after a closing quote',
    make: csv('a,b\n"x"y,1\n'),
    code: 'ROW_BROKEN',
    words: ['line 2, column a', 'after the closing "'],
  },
  { name: 'a quote in the middle of a cell', make: csv('a,b\n6" pipe,1\n'), rows: [['6" pipe', '1']] },
  {
    name: 'a line of blanks',
    make: csv('a,b\n1,2\n   \n3,4\n'),
    code: 'ROW_BROKEN',
    words: ['line 3', 'the row has 1'],
  },
  {
    name: 'blank lines between rows',
    make: csv('\n\na,b\n1,2\n\n3,4\n\n\n'),
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    name: 'a delimiter at the end of each row',
    make: csv('a,b\n1,2,\n3,4,\n'),
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    name: 'a delimiter at the end of the header too',
    make: csv('a,b,\n1,2,\n'),
    rows: [['1', '2', null]],
    names: ['a', 'b', 'c3'],
    warnings: ['COLUMN_RENAMED'],
  },
  {
    name: 'more than a cell can hold',
    make: csv(() => `a,b\n${'x'.repeat(34_000_000)},1\n`),
    code: 'ROW_BROKEN',
    words: ['line 2, column a', 'at most 16777216 characters'],
  },
]

/** Letters and lines of other habits. */
export const encodings: BadInput[] = [
  {
    name: 'UTF-16 LE with a mark',
    make: csv(Buffer.from('\uFEFFname,n\nMüller,1\n', 'utf16le')),
    rows: [['Müller', '1']],
    names: ['name', 'n'],
    warnings: ['ENCODING_CONVERTED'],
  },
  {
    name: 'UTF-16 BE with a mark',
    make: csv(() => Buffer.from('\uFEFFname,n\nMüller,1\n', 'utf16le').swap16()),
    rows: [['Müller', '1']],
    warnings: ['ENCODING_CONVERTED'],
  },
  {
    name: 'UTF-16 without a mark',
    make: csv(Buffer.from('name,n\nMüller,1\n', 'utf16le')),
    rows: [['Müller', '1']],
    warnings: ['ENCODING_CONVERTED'],
  },
  {
    name: 'Latin-1, seen late only',
    make: csv(Buffer.from(`name,n\n${'x,1\n'.repeat(20_000)}M\xFCller \x80,2\n`, 'latin1')),
    rows: 20_001,
    warnings: ['ENCODING_CONVERTED'],
  },
  {
    name: 'Windows-1252',
    make: csv(Buffer.from('name,n\nM\xFCller \x80,2\n', 'latin1')),
    rows: [['Müller €', '2']],
    warnings: ['ENCODING_CONVERTED'],
  },
  {
    name: 'an encoding that is said',
    make: csv(Buffer.from('n\n\xE9\n', 'latin1'), { encoding: 'latin1' }),
    rows: [['é']],
    warnings: [],
  },
  {
    name: 'a wrong encoding that is said',
    make: csv(Buffer.from('n\n\xE9\n', 'latin1'), { encoding: 'utf-8' }),
    code: 'CSV_BROKEN',
    words: ['not UTF-8', 'windows-1252'],
  },
  {
    name: 'an encoding that nobody knows',
    make: csv('n\n1\n', { encoding: 'klingon' }),
    code: 'OPTION_INVALID',
    words: ['klingon', 'windows-1252'],
  },
  {
    name: 'mixed line ends',
    make: csv('a,b\r\n1,x\n2,"y\r\nz"\r3,w\r\n'),
    rows: [
      ['1', 'x'],
      ['2', 'y\r\nz'],
      ['3', 'w'],
    ],
  },
  {
    name: 'lone CR',
    make: csv('a,b\r1,x\r2,y\r'),
    rows: [
      ['1', 'x'],
      ['2', 'y'],
    ],
  },
]

/** Columns and cells of odd names, sizes and values; CSV lands as text, so nothing of a value is lost. */
export const oddCells: BadInput[] = [
  {
    name: 'repeated names',
    make: csv('a,a,A\n1,2,3\n'),
    rows: 1,
    names: ['a', 'a_1', 'A_2'],
    warnings: ['COLUMN_RENAMED', 'COLUMN_RENAMED'],
  },
  {
    name: 'empty names',
    make: csv(',b,\n1,2,3\n'),
    rows: 1,
    names: ['c1', 'b', 'c3'],
    warnings: ['COLUMN_RENAMED', 'COLUMN_RENAMED'],
  },
  {
    name: 'names that need quoting',
    make: csv('"a ""b"" \'c\'",select\n1,2\n'),
    rows: [['1', '2']],
    names: ['a "b" \'c\'', 'select'],
  },
  { name: 'no header', make: csv('1,x\n2,y\n3,x\n'), rows: 3, names: ['c1', 'c2'], warnings: ['HEADER_MISSING'] },
  {
    name: 'fewer names than columns',
    make: csv('1,2\n', { names: ['a'] }),
    code: 'COLUMN_NAMES_INVALID',
    words: ['1 names', 'wanted 2'],
  },
  { name: 'ten million characters in a cell', make: csv(() => `a,b\n${'x'.repeat(1e7)},1\n2,3\n`), rows: 2 },
  {
    name: '5,000 columns',
    make: csv(() =>
      [...Array(3).keys()].map((r) => [...Array(5_000).keys()].map((c) => (r ? c : `n${c}`)).join()).join('\n'),
    ),
    rows: 2,
  },
  {
    name: 'texts for missing',
    make: csv('a,b\n?,null\nN/A,x\n', { missing: ['?'] }),
    rows: [
      [null, null],
      [null, 'x'],
    ],
  },
  {
    name: 'mixed types',
    make: csv('a,b\n1,x\ntwo,y\n3.5,z\n'),
    rows: [
      ['1', 'x'],
      ['two', 'y'],
      ['3.5', 'z'],
    ],
  },
  { name: 'thousands and decimals', make: csv('a;b\n1,234.5;1.234,5\n'), rows: [['1,234.5', '1.234,5']] },
  {
    name: 'currency and percent',
    make: csv('a,b\n$5,7 %\n€6,8%\n'),
    rows: [
      ['$5', '7 %'],
      ['€6', '8%'],
    ],
  },
  {
    name: 'infinite and beyond a double',
    make: csv('a,b\nInfinity,1e999\n-inf,2\n'),
    rows: [
      ['Infinity', '1e999'],
      ['-inf', '2'],
    ],
  },
  {
    name: 'a column all missing',
    make: csv('a,b\n1,\n2,NA\n'),
    rows: [
      ['1', null],
      ['2', null],
    ],
  },
  { name: 'one row', make: csv('a,b\n1,x\n'), rows: [['1', 'x']] },
  {
    name: 'a row of nothing',
    make: csv('a,b\n,\n1,2\n'),
    rows: [
      [null, null],
      ['1', '2'],
    ],
  },
]

/** A table and a file of labels beside it. */
const pair =
  (table: string, labels: string): Make =>
  (folder) => {
    const [path, beside] = [`${folder}/data.dat`, `${folder}/label.dat`]
    fs.writeFileSync(path, table)
    fs.writeFileSync(beside, labels)
    return { kind: 'csv', path, header: false, names: ['a', 'b'], beside: [{ path: beside, names: ['label'] }] }
  }

export const besides: BadInput[] = [
  {
    name: 'as many rows',
    make: pair('1 2\n3 4\n', '   0\n   1\n'),
    rows: [
      ['1', '2', '0'],
      ['3', '4', '1'],
    ],
    names: ['a', 'b', 'label'],
  },
  {
    name: 'fewer rows',
    make: pair('1 2\n3 4\n', '0\n'),
    code: 'BESIDE_ROWS_DIFFER',
    words: ['data.dat has 2 rows', 'label.dat, beside it, 1'],
  },
  {
    name: 'a broken row beside',
    make: pair('1 2\n3 4\n', '0\n1,2\n'),
    code: 'ROW_BROKEN',
    words: ['label.dat, line 2'],
  },
]
