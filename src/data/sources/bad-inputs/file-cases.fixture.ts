import fs from 'node:fs'
import path from 'node:path'
import { writeParquet } from '../landed.fixture.ts'
import type { BadInput, Make } from './case.fixture.ts'

/** A link to a file one folder up. */
const link: Make = (folder) => {
  const target = path.join(folder, 'target.csv')
  const file = path.join(folder, 'links', 'link.csv')
  fs.writeFileSync(target, 'a,b\n1,2\n')
  fs.mkdirSync(path.dirname(file))
  fs.symlinkSync(target, file)
  return { kind: 'csv', path: file }
}

/** Places that hold no file, or none that may be read. */
export const places: BadInput[] = [
  {
    name: 'a missing file',
    make: (f) => ({ kind: 'csv', path: `${f}/none.csv` }),
    code: 'NOT_FOUND',
    words: ['none.csv'],
  },
  {
    name: 'a folder',
    make: (f) => ({ kind: 'csv', path: f }),
    code: 'FILE_UNREADABLE',
    words: ['it is a folder; wanted a file'],
  },
  {
    name: 'a device',
    make: () => ({ kind: 'csv', path: '/dev/zero' }),
    code: 'FILE_UNREADABLE',
    words: ['no ordinary file'],
  },
  { name: 'a link', make: link, code: 'SOURCE_LINK_REFUSED', words: ['link.csv', 'symbolic link'] },
  { name: 'a link into an allowed folder', make: link, roots: (f) => [f], rows: [['1', '2']] },
  {
    name: 'a link out of the allowed folders',
    make: link,
    roots: (f) => [`${f}/links`],
    code: 'SOURCE_OUTSIDE',
    words: ['link.csv', '/links'],
  },
  {
    name: 'a link that leads nowhere',
    make: (f) => (fs.symlinkSync(`${f}/none`, `${f}/link`), { kind: 'csv', path: `${f}/link` }),
    roots: (f) => [f],
    code: 'FILE_UNREADABLE',
    words: ['the link leads nowhere'],
  },
]

/** A Parquet file that was cut or overwritten. */
const spoilt =
  (spoil: (bytes: Buffer) => Buffer): Make =>
  async (folder) => {
    const file = await writeParquet('select range as n from range(1000)', path.join(folder, 'given.parquet'))
    fs.writeFileSync(file, spoil(fs.readFileSync(file)))
    return { kind: 'parquet', path: file }
  }

const parquet =
  (select: string): Make =>
  async (folder) => ({ kind: 'parquet', path: await writeParquet(select, path.join(folder, 'given.parquet')) })

export const parquetFiles: BadInput[] = [
  { name: 'an empty file', make: spoilt(() => Buffer.alloc(0)), code: 'SOURCE_EMPTY', words: ['the file is empty'] },
  { name: 'no rows', make: parquet('select 1 as a where false'), code: 'SOURCE_EMPTY', words: ['columns and no rows'] },
  {
    name: 'a truncated file',
    make: spoilt((bytes) => bytes.subarray(0, bytes.length / 2)),
    code: 'PARQUET_BROKEN',
    words: ['given.parquet', 'No magic bytes found at end of file'],
  },
  {
    name: 'a wrong magic',
    make: spoilt(() => Buffer.from('a,b\n1,2\n'.repeat(9))),
    code: 'PARQUET_BROKEN',
    words: ['No magic bytes'],
  },
  {
    name: 'pages that are not what was written',
    make: spoilt((bytes) => bytes.fill(0xff, 4, 400)),
    code: 'PARQUET_BROKEN',
    words: ['given.parquet'],
  },
  {
    name: 'nested lists',
    make: parquet(`select [[1, 2], [3]] as lists, {'x': [true]} as inner`),
    rows: [['[[1,2],[3]]', '{"x":[true]}']],
  },
]
