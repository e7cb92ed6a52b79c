import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDataset, writeDataset } from '../duckdb/parquet.ts'
import { copyLinesWithoutSubject, countSubjectLines, mentions } from './subject-lines.ts'
import { copyWithoutSubject, countSubjectRows } from './subject-rows.ts'

let directory: string
const at = (name: string) => path.join(directory, name)

beforeAll(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-erasure-'))
})
afterAll(() => fs.rmSync(directory, { recursive: true }))

describe('rows of a Parquet file', () => {
  const members = ['p1:ab', 'O"Hara', null, '4711', "p1:ab'", 'O"Hara']
  const numbers = [4711, 4711.5, NaN, 12, 4711, 1]
  beforeAll(() =>
    writeDataset(
      {
        nRows: 6,
        columns: [
          { kind: 'text', name: 'member', values: members },
          { kind: 'number', name: 'account "A"', values: Float64Array.from(numbers) },
        ],
        sourceRows: Int32Array.from([1, 2, 3, 4, 5, 6]),
      },
      at('data.parquet'),
    ),
  )

  test.each([
    [['member'], ['O"Hara'], 2],
    [['member'], ['4711', 'p1:ab'], 2],
    [['account "A"'], ['4711', 'p1:ab'], 2],
    [['member', 'account "A"', 'absent'], ['4711'], 3],
    [['absent'], ['4711'], 0],
    [['member'], ["'); drop table x; --"], 0],
  ])('of %j with the values %j are the subject’s: %i', async (columns, values, n) => {
    expect(await countSubjectRows(at('data.parquet'), { columns, values }, directory)).toBe(n)
  })

  test('are left out of a copy that is otherwise the same', async () => {
    const marks = { columns: ['member', 'account "A"'], values: ['4711'] }
    const copy = { path: at('copy.parquet'), directory }
    expect(await copyWithoutSubject(at('data.parquet'), marks, copy)).toEqual({ nKept: 3, nLeftOut: 3 })
    const data = await readDataset(at('copy.parquet'))
    expect(data.columns).toEqual([
      { kind: 'text', name: 'member', values: ['O"Hara', null, 'O"Hara'] },
      { kind: 'number', name: 'account "A"', values: Float64Array.of(4711.5, NaN, 1) },
    ])
    expect([...data.sourceRows!]).toEqual([2, 3, 6])
    expect(await countSubjectRows(at('copy.parquet'), marks, directory)).toBe(0)
  })
})

describe('lines of a text file', () => {
  const marks = { columns: ['member'], values: ['4711', 'M-100-200', 'Ada "A" Lovelace'] }

  test.each([
    ['{"member":"4711","amount":"1"}', true],
    ['{"member":4711}', true],
    ['{"values":[{"member":"4711"}]}', true],
    ['{"amount":"4711"}', false],
    ['{"member":"47110"}', false],
    ['{"note":"said M-100-200."}', true],
    ['{"note":"M-100-2001"}', false],
    ['x;M-100-200;7', true],
    ['4711;7', true],
    ['"x", "4711"', true],
    ['47110;7', false],
    [JSON.stringify({ note: 'Ada "A" Lovelace' }), true],
    ['', false],
  ])('%s: %j', (line, expected) => expect(mentions(line, marks)).toBe(expected))

  test.each([
    ['gzip', (text: string) => gzipSync(text)],
    ['zstd', (text: string) => zstdCompressSync(text)],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ])('are found in %s', async (_, pack) => {
    fs.writeFileSync(at('packed'), pack('member,amount\n4711,1\n12,2\n'))
    expect(await countSubjectLines(at('packed'), marks)).toBe(1)
  })

  test('are counted, and left out of a copy', async () => {
    fs.writeFileSync(at('q.jsonl'), '{"member":"1"}\n{"member":"4711"}\n{"member":"2"}\n')
    expect(await countSubjectLines(at('q.jsonl'), marks)).toBe(1)
    expect(await copyLinesWithoutSubject(at('q.jsonl'), marks, at('rest.jsonl'))).toEqual({ nKept: 2, nLeftOut: 1 })
    expect(fs.readFileSync(at('rest.jsonl'), 'utf8')).toBe('{"member":"1"}\n{"member":"2"}\n')
  })
})
