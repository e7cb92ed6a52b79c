import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { csvRecords, faultOf, type CsvShape } from './broken-row.ts'
import type { Encoding } from '../text/encoding.ts'
import type { CsvDialect } from './tokenizer.ts'

/** What rewritten files look like. */
export const plainDialect: CsvDialect = { delimiter: ',', quote: '"' }

const PIECE_CHARACTERS = 2 ** 18

/**
 * Writes a file that DuckDB cannot read as it is (another encoding, mixed line ends, runs of spaces) as plain CSV in UTF-8.
 * @throws ROW_BROKEN at the first row that does not fit
 */
export async function rewriteCsv(from: string, encoding: Encoding, shape: CsvShape, to: string): Promise<void> {
  await pipeline(Readable.from(pieces(from, encoding, shape)), createWriteStream(to))
}

async function* pieces(from: string, encoding: Encoding, shape: CsvShape): AsyncGenerator<string> {
  let piece = ''
  for await (const record of csvRecords(from, encoding, shape.dialect)) {
    const error = faultOf(record, shape)
    if (error) throw error
    piece += `${record.cells.slice(0, shape.names.length).map(quoted).join(',')}\n`
    if (piece.length < PIECE_CHARACTERS) continue
    yield piece
    piece = ''
  }
  yield piece
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
