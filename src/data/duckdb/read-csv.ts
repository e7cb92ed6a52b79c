import fs from 'node:fs/promises'
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
 * Reads a CSV file, gzipped or not; delimiter and quoting are detected. A column is numeric when every value in it is.
 * @throws NOT_FOUND, CSV_EMPTY, CSV_BROKEN with file, line and reason
 */
export async function readCsv({ path, missing = [], maxRows, contract }: CsvOptions): Promise<DataColumns> {
  const stat = await fs.stat(path).catch(() => undefined)
  if (!stat?.isFile()) throw new AssayError('NOT_FOUND', { what: 'Data file', id: path })
  if (stat.size === 0) throw new AssayError('CSV_EMPTY', { file: path, reason: 'the file is empty' })
  await refuseBinary(path)
  const nulls = ['', ...DEFAULT_MISSING, ...missing].map((text) => `'${quote(text)}'`).join(', ')
  const source = `read_csv('${quote(path)}', all_varchar = true, header = true, nullstr = [${nulls}], sample_size = -1)`
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
    throw new AssayError('CSV_BROKEN', { file: path, reason: firstLines(error) }, { cause: error })
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

async function refuseBinary(path: string): Promise<void> {
  const file = await fs.open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4_096), 0, 4_096, 0)
    if (buffer[0] === GZIP[0] && buffer[1] === GZIP[1]) return
    if (buffer.subarray(0, bytesRead).includes(0))
      throw new AssayError('CSV_BROKEN', {
        file: path,
        reason: 'it holds zero bytes: it is binary or UTF-16; wanted UTF-8 text',
      })
  } finally {
    await file.close()
  }
}

const firstLines = (error: unknown) => (error as Error).message.split('\n').slice(0, 3).join(' ')
