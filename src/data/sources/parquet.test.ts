import { expect, it } from 'vitest'
import { landSource } from './land-source.ts'
import { readLanded, testFolder, writeParquet } from './landed.fixture.ts'

const folder = testFolder()
const directory = `${folder.path}/landed`

async function land(select: string) {
  const path = await writeParquet(select, `${folder.path}/given.parquet`)
  const landed = await landSource({ kind: 'parquet', path }, { directory })
  return {
    types: Object.fromEntries(landed.columns.map(({ name, type }) => [name, type])),
    rows: await readLanded(landed),
  }
}

it('lands every type of Parquet as one of six', async () => {
  const { types, rows } = await land(`select
    true as flag, 7::tinyint as small, 9007199254740991::bigint as exact, 9007199254740993::bigint as big,
    1.25::decimal(9, 2) as money, 'nan'::double as no_number, 1.5::float as real, 'ä"' as text, null::varchar as nothing,
    date '2024-02-29' as day, timestamp '2024-02-29 12:00:00.5' as moment, [1, 2] as list, {'a': 1} as struct,
    '\\xAA'::blob as bytes, time '01:02:03' as time`)
  expect(types).toEqual({
    flag: 'boolean',
    small: 'integer',
    exact: 'integer',
    big: 'text',
    money: 'number',
    no_number: 'number',
    real: 'number',
    text: 'text',
    nothing: 'text',
    day: 'date',
    moment: 'timestamp',
    list: 'text',
    struct: 'text',
    bytes: 'text',
    time: 'text',
  })
  const moment = new Date('2024-02-29T12:00:00.500Z')
  const texts = ['[1,2]', '{"a":1}', 'qg==', '01:02:03']
  expect(rows).toEqual([
    [
      true,
      7,
      9007199254740991,
      '9007199254740993',
      1.25,
      null,
      1.5,
      'ä"',
      null,
      new Date('2024-02-29'),
      moment,
      ...texts,
    ],
  ])
})

it('writes times of any zone in UTC', async () => {
  const { types, rows } = await land(`select '2024-02-29 12:00:00+02'::timestamptz as moment`)
  expect(types).toEqual({ moment: 'timestamp' })
  expect(rows).toEqual([[new Date('2024-02-29T10:00:00Z')]])
})
