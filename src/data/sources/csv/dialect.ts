import { CsvTokenizer, type CsvDialect, type CsvRecord } from './tokenizer.ts'

const SAMPLE_RECORDS = 200
const DELIMITERS = [',', ';', '\t', '|']

/** The first records of a text. @param isWhole whether the text ends where the file ends */
export function sampleRecords(text: string, dialect: CsvDialect, isWhole: boolean): CsvRecord[] {
  const tokenizer = new CsvTokenizer(dialect)
  const records = tokenizer.push(text)
  const last = isWhole ? tokenizer.end() : undefined
  if (last) records.push(last)
  return records.filter((record) => !record.isBlank).slice(0, SAMPLE_RECORDS)
}

/**
 * The dialect by which the beginning of a file reads best: of the delimiters in its first record, one that cuts all records alike;
 * failing that, the one that the first record has most of, so that a row which does not fit is found and named.
 */
export function detectDialect(
  head: string,
  isWhole: boolean,
  given: { delimiter?: string; quote?: string },
): CsvDialect {
  const quote = given.quote ?? detectQuote(head)
  if (given.delimiter !== undefined)
    return { delimiter: given.delimiter === ' ' ? 'whitespace' : given.delimiter, quote }
  const tries = DELIMITERS.map((delimiter) => tryDelimiter(head, { delimiter, quote }, isWhole))
  const parted = tries.filter(({ nCells }) => nCells > 1)
  const alike = parted.filter(({ isAlike }) => isAlike)
  if (alike.length > 0) return alike.reduce(better).dialect
  if (parted.length > 0) return parted.reduce((best, next) => (next.nCells > best.nCells ? next : best)).dialect
  const spaces = tryDelimiter(head, { delimiter: 'whitespace', quote }, isWhole)
  return spaces.isAlike && spaces.nCells > 1 && spaces.nRecords > 1 ? spaces.dialect : { delimiter: ',', quote }
}

type Try = { dialect: CsvDialect; nCells: number; nRecords: number; isAlike: boolean; records: CsvRecord[] }

function tryDelimiter(head: string, dialect: CsvDialect, isWhole: boolean): Try {
  const records = sampleRecords(head, dialect, isWhole)
  const nCells = records[0]?.cells.length ?? 0
  const isAlike = records.every(({ cells, fault }) => cells.length === nCells && !fault)
  return { dialect, nCells, nRecords: records.length, isAlike, records }
}

/** A comma that always stands between digits is a decimal comma. */
function better(best: Try, next: Try): Try {
  if (best.dialect.delimiter === ',' && isDecimalComma(next)) return next
  return next.nCells > best.nCells ? next : best
}

function isDecimalComma({ records }: Try): boolean {
  const withComma = records.flatMap(({ cells }) => cells.filter((cell) => cell.includes(',')))
  return withComma.length > 0 && withComma.every((cell) => /^\s*[+-]?[\d.]*\d,\d+\s*%?\s*$/.test(cell))
}

/** Single quotes are taken for quotes only where cells begin and end with them and no double quote is in sight. */
function detectQuote(head: string): string {
  if (head.includes('"')) return '"'
  const cells = head.split(/\r\n|\n|\r/, 50).flatMap((line) => line.split(/[,;\t|]/))
  const nQuoted = cells.filter((cell) => /^\s*'.*'\s*$/.test(cell)).length
  return nQuoted > 0.2 * cells.length ? "'" : '"'
}
