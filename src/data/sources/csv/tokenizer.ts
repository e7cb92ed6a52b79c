/** How cells are parted. `whitespace`: any run of spaces and tabs is one delimiter. */
export type CsvDialect = { delimiter: string | 'whitespace'; quote: string }

export type CsvFault = { line: number; cell: number; value: string; wanted: string }

/** One record; blank lines are records of one empty cell. A fault ends the reading: what follows cannot be trusted. */
export type CsvRecord = { line: number; cells: string[]; isBlank: boolean; fault?: CsvFault }

/** Longer cells are taken for a quote that was never closed. In characters. */
export const MAX_CELL = 16_777_216

/**
 * Cuts text into CSV records as RFC 4180 has them, given piece by piece; lines end in LF, CRLF or CR, mixed as they come.
 * It is the slow, exact reader: it samples the beginning of a file, names the place of a fault, and rewrites files that DuckDB
 * cannot read. Spaces around quotes are allowed, as DuckDB allows them.
 */
export class CsvTokenizer {
  readonly #dialect: CsvDialect
  #state: 'start' | 'plain' | 'quoted' | 'closed' = 'start'
  #cells: string[] = []
  #cell = ''
  #line = 1
  #recordLine = 1
  #quoteLine = 1
  #lastWasCr = false
  #wasQuoted = false
  #failed = false

  constructor(dialect: CsvDialect) {
    this.#dialect = dialect
  }

  /** The records that end in this piece. */
  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = []
    let plainFrom = -1
    for (let i = 0; i < text.length && !this.#failed; i++) {
      const char = text[i]
      if (this.#lastWasCr) {
        this.#lastWasCr = false
        if (char === '\n') {
          if (this.#state === 'quoted') this.#cell += char
          continue
        }
      }
      if (this.#state === 'plain' && !this.#endsPlain(char)) {
        if (plainFrom < 0) plainFrom = i
        continue
      }
      if (plainFrom >= 0) {
        this.#cell += text.slice(plainFrom, i)
        plainFrom = -1
      }
      const record = this.#take(char)
      if (record) records.push(record)
    }
    if (plainFrom >= 0) this.#cell += text.slice(plainFrom)
    return records
  }

  /** The last record, when the text does not end with a line's end. */
  end(): CsvRecord | undefined {
    if (this.#failed) return undefined
    if (this.#state === 'quoted')
      return this.#fail(`the closing ${this.#dialect.quote} of the quote opened on line ${this.#quoteLine}`)
    if (this.#state === 'start' && this.#cells.length === 0 && this.#cell === '') return undefined
    return this.#endRecord()
  }

  #endsPlain(char: string): boolean {
    return char === '\n' || char === '\r' || this.#isDelimiter(char)
  }

  #isDelimiter(char: string): boolean {
    const { delimiter } = this.#dialect
    return delimiter === 'whitespace' ? char === ' ' || char === '\t' : char === delimiter
  }

  #take(char: string): CsvRecord | undefined {
    const isLineEnd = char === '\n' || char === '\r'
    if (char === '\r') this.#lastWasCr = true
    if (this.#state === 'quoted') {
      if (char === this.#dialect.quote) this.#state = 'closed'
      else this.#cell += char
      if (isLineEnd) this.#line++
      return this.#cell.length > MAX_CELL
        ? this.#fail(`a cell of at most ${MAX_CELL} characters, or the closing ${this.#dialect.quote}`)
        : undefined
    }
    if (isLineEnd) return this.#endRecord()
    if (this.#isDelimiter(char)) return void this.#endCell()
    if (this.#state === 'closed') return this.#afterQuote(char)
    if (char === this.#dialect.quote && this.#cell.trim() === '') {
      this.#state = 'quoted'
      this.#wasQuoted = true
      this.#quoteLine = this.#line
      this.#cell = ''
      return undefined
    }
    this.#cell += char
    if (char !== ' ') this.#state = 'plain'
    return this.#cell.length > MAX_CELL ? this.#fail(`a cell of at most ${MAX_CELL} characters`) : undefined
  }

  /** A doubled quote is one quote of the cell; spaces may follow the closing one. */
  #afterQuote(char: string): CsvRecord | undefined {
    if (char === this.#dialect.quote) {
      this.#cell += char
      this.#state = 'quoted'
    } else if (char !== ' ')
      return this.#fail(`a delimiter or the end of the line after the closing ${this.#dialect.quote}`)
    return undefined
  }

  #endCell(): void {
    const isRun = this.#dialect.delimiter === 'whitespace' && this.#cell === '' && !this.#wasQuoted
    if (!isRun) this.#cells.push(this.#cell)
    this.#cell = ''
    this.#wasQuoted = false
    this.#state = 'start'
  }

  #endRecord(): CsvRecord {
    const isWhitespace = this.#dialect.delimiter === 'whitespace'
    const isBlank = this.#cells.length === 0 && this.#cell === '' && !this.#wasQuoted
    if (!isWhitespace || isBlank || this.#cell !== '' || this.#wasQuoted) this.#cells.push(this.#cell)
    const record = { line: this.#recordLine, cells: this.#cells, isBlank }
    this.#cells = []
    this.#cell = ''
    this.#wasQuoted = false
    this.#state = 'start'
    this.#line++
    this.#recordLine = this.#line
    return record
  }

  #fail(wanted: string): CsvRecord {
    this.#failed = true
    const fault = { line: this.#line, cell: this.#cells.length, value: this.#cell, wanted }
    return { line: this.#recordLine, cells: this.#cells, isBlank: false, fault }
  }
}
