import type { DatasetWarning } from '../../warnings.ts'
import type { CsvRecord } from './tokenizer.ts'

const NUMBER = /^[+-]?(\d+[\d.,]*|\.\d+)([eE][+-]?\d+)?\s*%?$/
const YEAR = /^(19|20)\d\d$/

/**
 * Whether the first record names the columns. Each column has a vote: a number above numbers, or a text that comes again further
 * down, says that it is data; a text above numbers says that it is a name. Undecided is a header.
 */
export function hasHeader(records: CsvRecord[]): boolean {
  const [first, ...rest] = records.map(({ cells }) => cells.map((cell) => cell.trim()))
  let votes = 0
  for (let i = 0; i < first.length; i++) {
    const below = rest.map((cells) => cells[i] ?? '').filter((cell) => cell !== '')
    const isNumeric = NUMBER.test(first[i])
    if (rest.length === 0) votes += isNumeric ? -1 : 0
    else if (below.length === 0) continue
    else if (below.every((cell) => NUMBER.test(cell))) {
      const isYearName = YEAR.test(first[i]) && !below.some((cell) => YEAR.test(cell))
      votes += isNumeric && !isYearName ? -1 : 1
    } else if (first[i] !== '' && below.includes(first[i])) votes -= 1
  }
  return votes >= 0
}

/** Names that DuckDB, which knows no capitals in names, can tell apart: empty ones are counted, repeated ones get a number. */
export function nameColumns(given: string[]): { names: string[]; warnings: DatasetWarning[] } {
  const taken = new Set<string>()
  const warnings: DatasetWarning[] = []
  const names = given.map((raw, i) => {
    const wanted = raw.trim()
    let name = wanted || `c${i + 1}`
    for (let n = 1; taken.has(name.toLowerCase()); n++) name = `${wanted || `c${i + 1}`}_${n}`
    taken.add(name.toLowerCase())
    if (name !== wanted) {
      const message = wanted
        ? `Column ${i + 1} is named ${wanted} like one before it; it is called ${name} here.`
        : `Column ${i + 1} has no name; it is called ${name} here.`
      warnings.push({ code: 'COLUMN_RENAMED', column: name, message })
    }
    return name
  })
  return { names, warnings }
}
