import { AssayError } from '../../../errors/index.ts'
import { decodeFile } from '../text/decode.ts'
import type { Encoding } from '../text/encoding.ts'
import { CsvTokenizer, MAX_CELL, type CsvDialect, type CsvRecord } from './tokenizer.ts'

const SHOWN_CHARACTERS = 40

/** What the rows of a file are held against. */
export type CsvShape = { file: string; dialect: CsvDialect; names: string[]; hasHeader: boolean }

/** All records of a file that are not blank. */
export async function* csvRecords(file: string, encoding: Encoding, dialect: CsvDialect): AsyncGenerator<CsvRecord> {
  const tokenizer = new CsvTokenizer(dialect)
  for await (const text of decodeFile(file, encoding))
    for (const record of tokenizer.push(text)) if (!record.isBlank) yield record
  const last = tokenizer.end()
  if (last && !last.isBlank) yield last
}

/** The first row that does not fit, as an error that names its place; undefined when all rows fit. */
export async function findBrokenRow(
  textPath: string,
  encoding: Encoding,
  shape: CsvShape,
): Promise<AssayError | undefined> {
  for await (const record of csvRecords(textPath, encoding, shape.dialect)) {
    const error = faultOf(record, shape)
    if (error) return error
  }
  return undefined
}

/** Why a record does not fit, if it does not: its quotes, or not as many cells as there are columns. */
export function faultOf({ line, cells, fault }: CsvRecord, shape: CsvShape): AssayError | undefined {
  const { file, names } = shape
  const column = (i: number) => names[i] ?? `${i + 1}`
  const like = shape.hasHeader ? 'as the header has' : 'as the first row has'
  if (fault) {
    const place = { file, line: fault.line, column: column(fault.cell), value: show(fault.value) }
    return new AssayError('ROW_BROKEN', { ...place, wanted: fault.wanted })
  }
  const tooLong = cells.findIndex((cell) => cell.length > MAX_CELL)
  if (tooLong >= 0) {
    const place = { file, line, column: column(tooLong), value: show(cells[tooLong]) }
    return new AssayError('ROW_BROKEN', { ...place, wanted: `a cell of at most ${MAX_CELL} characters` })
  }
  const wanted = `${names.length} cells, ${like}, and the row has ${cells.length}`
  if (cells.length < names.length)
    return new AssayError('ROW_BROKEN', { file, line, column: column(cells.length), value: 'nothing', wanted })
  // A delimiter at the end of the row with nothing behind it is no further cell.
  const isTrailing = cells.length === names.length + 1 && cells[names.length] === ''
  if (cells.length === names.length || isTrailing) return undefined
  const value = show(cells[names.length])
  return new AssayError('ROW_BROKEN', { file, line, column: column(names.length), value, wanted })
}

function show(value: string): string {
  const shown = value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value
  return JSON.stringify(shown)
}
