import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { AssayError } from '../../../errors/index.ts'
import { identifier, quote } from '../../duckdb/open.ts'
import type { DatasetWarning } from '../../warnings.ts'
import { checkFile } from '../file.ts'
import type { Relation, SourceContext } from '../relation.ts'
import type { CsvSpec } from '../spec.ts'
import { findBrokenRow, type CsvShape } from './broken-row.ts'
import { detectDialect, sampleRecords } from './dialect.ts'
import { encodings, type Encoding } from '../text/encoding.ts'
import { hasHeader, nameColumns } from './header.ts'
import { inspectText, readHead, type FileFaults, type TextFacts, type UnpackLimits } from '../text/inspect-text.ts'
import { plainDialect, rewriteCsv } from './rewrite.ts'
import { MAX_CELL, type CsvDialect } from './tokenizer.ts'

const DEFAULT_MISSING = ['NA', 'N/A', 'NaN', 'null', 'NULL']
/** DuckDB reads in buffers that each hold a line at least. */
const MAX_LINE_BYTES = 2 * MAX_CELL
const BLANKS =
  ' \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff'
const HEAD_BYTES = [2 ** 18, 2 ** 25]

/**
 * A CSV file as text columns: cells trimmed, those that mean missing null. Encoding, delimiter, quotes and header are found out
 * unless the spec says them; DuckDB guesses nothing, since it would drop what does not fit its guess.
 * @throws NOT_FOUND, FILE_UNREADABLE, CSV_EMPTY, CSV_BROKEN, ROW_BROKEN, COLUMN_NAMES_INVALID, OPTION_INVALID, UNPACKED_TOO_LARGE
 */
export async function openCsvFile(
  spec: Omit<CsvSpec, 'beside'>,
  context: SourceContext,
  limits?: UnpackLimits,
): Promise<Relation> {
  const file = await checkFile(spec.path, context.roots)
  const faults: FileFaults = {
    empty: (reason) => new AssayError('CSV_EMPTY', { file: spec.path, reason }),
    broken: (reason, cause) => new AssayError('CSV_BROKEN', { file: spec.path, reason }, { cause }),
  }
  const text = await inspectText(file, context.workDirectory, faults, limits)
  const encoding = encodingOf(spec, text)
  const head = await readText(text, encoding)
  const dialect = detectDialect(head.text, head.isWhole, spec)
  const layout = layOut(spec, head, dialect)
  const shape: CsvShape = { file: spec.path, dialect, names: layout.names, hasHeader: layout.hasHeader }
  const isOdd = encoding !== 'utf-8' || text.hasMixedLineEnds || dialect.delimiter === 'whitespace'
  const plainPath = isOdd ? path.join(context.workDirectory, `plain-${randomUUID()}`) : text.textPath
  if (isOdd) await rewriteCsv(text.textPath, encoding, shape, plainPath)
  const skip = layout.hasHeader ? (isOdd ? 0 : layout.nBlankLines) : 0
  const reading = {
    path: plainPath,
    dialect: isOdd ? plainDialect : dialect,
    skip,
    hasHeader: layout.hasHeader,
    hasOddBlanks: isOdd || text.hasOddBlanks,
  }
  return {
    facts: { kind: 'csv', location: spec.path, sizeBytes: file.sizeBytes, sha256: text.sha256 },
    columns: layout.names.map((name) => ({ name, type: 'text' })),
    warnings: [...encodingWarnings(spec, encoding), ...layout.warnings],
    select: selectCsv(reading, layout.names, spec.missing ?? []),
    async explain(error) {
      if (error instanceof AssayError) return error
      const found = await findBrokenRow(text.textPath, encoding, shape)
      const reason = (error as Error).message.split('\n').filter((line) => !/^Original Line|^Possible/.test(line))[0]
      return found ?? faults.broken(reason, error)
    },
    emptyError: () => faults.empty('it has a header and no rows'),
  }
}

function encodingOf(spec: Pick<CsvSpec, 'path' | 'encoding'>, found: TextFacts): Encoding {
  if (spec.encoding === undefined) return found.encoding
  const names: Record<string, Encoding> = { utf8: 'utf-8', latin1: 'windows-1252', 'iso-8859-1': 'windows-1252' }
  const given = spec.encoding.toLowerCase()
  const encoding = names[given] ?? encodings.find((name) => name === given)
  if (!encoding) throw new AssayError('OPTION_INVALID', { option: 'encoding', given, allowed: encodings.join(', ') })
  if (encoding === 'utf-8' && found.encoding !== 'utf-8')
    throw new AssayError('CSV_BROKEN', { file: spec.path, reason: `it is not UTF-8; it looks like ${found.encoding}` })
  return encoding
}

function encodingWarnings(spec: Pick<CsvSpec, 'encoding'>, encoding: Encoding): DatasetWarning[] {
  if (encoding === 'utf-8' || spec.encoding !== undefined) return []
  const why = encoding === 'windows-1252' ? 'is not UTF-8 and was read as Windows-1252 (Latin-1)' : 'is UTF-16'
  const message = `The file ${why}; it was converted to UTF-8. Name its encoding if letters look wrong.`
  return [{ code: 'ENCODING_CONVERTED', message }]
}

type Head = { text: string; isWhole: boolean }

/** The beginning of the text: as much as holds the first line, however long that is. */
async function readText(text: TextFacts, encoding: Encoding): Promise<Head> {
  let head: Head = { text: '', isWhole: false }
  for (const nBytes of HEAD_BYTES) {
    const bytes = await readHead(text.textPath, nBytes)
    const isWhole = bytes.length >= text.textBytes
    head = { text: new TextDecoder(encoding).decode(bytes, { stream: !isWhole }), isWhole }
    if (isWhole || /[\n\r]/.test(head.text.trimStart())) break
  }
  return head
}

type Layout = { names: string[]; hasHeader: boolean; nBlankLines: number; warnings: DatasetWarning[] }

/** What the columns are called and where the rows begin. */
function layOut(spec: Pick<CsvSpec, 'path' | 'header' | 'names'>, head: Head, dialect: CsvDialect): Layout {
  const records = sampleRecords(head.text, dialect, head.isWhole)
  if (records.length === 0) throw new AssayError('CSV_EMPTY', { file: spec.path, reason: 'it has blank lines only' })
  const nCells = records[0].cells.length
  const isNamed = spec.header ?? (spec.names ? !isData(spec.names, records[0].cells) : hasHeader(records))
  if (spec.names && spec.names.length !== nCells)
    throw new AssayError('COLUMN_NAMES_INVALID', { file: spec.path, given: spec.names.length, nColumns: nCells })
  const nBlankLines = records[0].line - 1
  if (spec.names || isNamed) {
    const { names, warnings } = nameColumns(spec.names ?? records[0].cells)
    return { names, hasHeader: isNamed, nBlankLines, warnings }
  }
  const message = `The first line looks like data, not like names: the columns are called c1 to c${nCells}. Say names, or header: true.`
  const names = records[0].cells.map((_, i) => `c${i + 1}`)
  return { names, hasHeader: false, nBlankLines, warnings: [{ code: 'HEADER_MISSING', message }] }
}

/** With names given, the first line is a header only if it says the same names. */
const isData = (names: string[], cells: string[]) =>
  !cells.every((cell, i) => cell.trim().toLowerCase() === names[i]?.toLowerCase())

type Reading = { path: string; dialect: CsvDialect; skip: number; hasHeader: boolean; hasOddBlanks: boolean }

function selectCsv(reading: Reading, names: string[], missing: string[]): string {
  const columns = names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')
  const quoting = `quote = '${quote(reading.dialect.quote)}', escape = '${quote(reading.dialect.quote)}'`
  const options = [
    'auto_detect = false, strict_mode = true, null_padding = false',
    `columns = {${columns}}, delim = '${quote(reading.dialect.delimiter)}', ${quoting}`,
    `header = ${reading.hasHeader}, skip = ${reading.skip}, compression = 'none'`,
    `max_line_size = ${MAX_LINE_BYTES}, buffer_size = ${MAX_LINE_BYTES}`,
  ]
  const from = `read_csv('${quote(reading.path)}', ${options.join(', ')})`
  // Alone, `trim` cuts off spaces of all sorts, no tabs and no line ends.
  const blanks = `, '${BLANKS}'`
  const trimmed = names.map((_, i) => `trim(c${i}${reading.hasOddBlanks ? blanks : ''}) as c${i}`)
  // A list (`not in`) becomes a join for each column: gigabytes for a few hundred of them.
  const tokens = ['', ...DEFAULT_MISSING, ...missing]
  const cells = names.map((name, i) => {
    const isGiven = tokens.map((token) => `c${i} <> '${quote(token)}'`).join(' and ')
    return `case when ${isGiven} then c${i} end as ${identifier(name)}`
  })
  // Of one column a blank line is no row, as everywhere else.
  const lines = `select ${trimmed.join(', ')} from ${from} ${names.length === 1 ? 'where c0 is not null' : ''}`
  return `select ${cells.join(', ')} from (${lines})`
}
