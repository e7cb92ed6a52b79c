import fs from 'node:fs/promises'
import zlib from 'node:zlib'
import { AssayError } from '../../errors/index.ts'
import type { DataColumn, DataColumns } from '../columns.ts'
import type { Contract } from '../contract/contract.ts'
import { openDuckDb, quote } from './open.ts'

export type CsvOptions = {
  path: string
  /** texts that mean missing, beside the empty one */
  missing?: string[]
  /** read the first rows only */
  maxRows?: number
  /** columns that are categories there stay texts, even if they look like numbers */
  contract?: Contract
}

const DEFAULT_MISSING = ['NA', 'N/A', 'NaN', 'null', 'NULL']
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/**
 * Reads a CSV file, gzipped or not, whose first line is the header; the delimiter is the one that the header has most of. A column
 * is numeric when every value in it is. Every row has to have as many cells as the header: left to guess, DuckDB takes a file with
 * one longer row for a file of one column, or skips what is before that row.
 * @throws NOT_FOUND, CSV_EMPTY, CSV_BROKEN with file, line and reason
 */
export async function readCsv({ path, missing = [], maxRows, contract }: CsvOptions): Promise<DataColumns> {
  const stat = await fs.stat(path).catch(() => undefined)
  if (!stat?.isFile()) throw new AssayError('NOT_FOUND', { what: 'Data file', id: path })
  if (stat.size === 0) throw new AssayError('CSV_EMPTY', { file: path, reason: 'the file is empty' })
  const { head, compression } = await readHead(path)
  const delimiter = delimiterOf(head, path)
  const nulls = ['', ...DEFAULT_MISSING, ...missing].map((text) => `'${quote(text)}'`).join(', ')
  const dialect = `delim = '${delimiter}', quote = '"', escape = '"', skip = 0, header = true, null_padding = false`
  // A sample of one row: nothing is left to guess.
  const reading = `all_varchar = true, nullstr = [${nulls}], sample_size = 1, compression = '${compression}'`
  const source = `read_csv('${quote(path)}', ${dialect}, ${reading})`
  const duck = await openDuckDb()
  try {
    const reader = await duck.runAndReadAll(`select * from ${source} ${maxRows ? `limit ${maxRows}` : ''}`)
    const names = reader.columnNames()
    const texts = reader.getColumnsJS() as (string | null)[][]
    if (reader.currentRowCount === 0)
      throw new AssayError('CSV_EMPTY', { file: path, reason: 'it has a header and no rows' })
    const columns = names.map((name, i) => typed(name.trim(), texts[i], contract))
    return { nRows: reader.currentRowCount, columns }
  } catch (error) {
    if (error instanceof AssayError) throw error
    throw new AssayError('CSV_BROKEN', { file: path, reason: reasonOf(error) }, { cause: error })
  } finally {
    duck.closeSync()
  }
}

function typed(name: string, texts: (string | null)[], contract: Contract | undefined): DataColumn {
  const rule = contract?.columns.find((column) => column.name === name)
  const isText = rule && rule.type !== 'number' && rule.type !== 'integer'
  const values = texts.map((text) => text?.trim() ?? null)
  const isNumeric =
    !isText && values.some((text) => text !== null) && values.every((text) => text === null || NUMBER.test(text))
  if (!isNumeric) return { kind: 'text', name, values }
  return { kind: 'number', name, values: Float64Array.from(values, (text) => (text === null ? NaN : Number(text))) }
}

const GZIP = [0x1f, 0x8b]
const HEAD_BYTES = 65_536

/** The beginning of the text, unpacked. @throws CSV_BROKEN when it is binary */
async function readHead(path: string): Promise<{ head: string; compression: 'gzip' | 'none' }> {
  const file = await fs.open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const isPacked = buffer[0] === GZIP[0] && buffer[1] === GZIP[1]
    const bytes = buffer.subarray(0, bytesRead)
    const head = isPacked ? unpack(bytes, path) : bytes
    if (!head.includes(0)) return { head: head.toString('utf8'), compression: isPacked ? 'gzip' : 'none' }
    throw new AssayError('CSV_BROKEN', {
      file: path,
      reason: 'it holds zero bytes: it is binary or UTF-16; wanted UTF-8 text',
    })
  } finally {
    await file.close()
  }
}

function unpack(bytes: Buffer, path: string): Buffer {
  try {
    return zlib.gunzipSync(bytes, { finishFlush: zlib.constants.Z_SYNC_FLUSH })
  } catch (error) {
    throw new AssayError('CSV_BROKEN', { file: path, reason: 'it is not a whole gzip file' }, { cause: error })
  }
}

function delimiterOf(head: string, path: string): string {
  const header = head.replace('\uFEFF', '').trimStart().split(/\r?\n/, 1)[0]
  if (header === '') throw new AssayError('CSV_EMPTY', { file: path, reason: 'it has blank lines only' })
  const unquoted = header.replace(/"[^"]*"/g, '')
  const nOf = (delimiter: string) => unquoted.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, delimiter) => (nOf(delimiter) > nOf(best) ? delimiter : best))
}

/** DuckDB names the line, except in the first 2,048 rows, where it only says that it could not guess the dialect. */
function reasonOf(error: unknown): string {
  const { message } = error as Error
  if (message.includes('sniffing'))
    return 'not every row has as many cells as the header, or a quote is opened and not closed.'
  return message.replace('Invalid Input Error: ', '').split('\n').slice(0, 3).join(' ')
}
