import { AssayError } from '../errors/index.ts'
import { daysOfIsoDate, type Signature } from '../learn/index.ts'
import { nearestName } from './nearest-name.ts'

/** One value a model takes: a number, the text of a category, the ISO text of a date, or nothing. */
export type Cell = number | string | null
/** One validated input: a cell for each column of the signature, in its order. */
export type InputRow = Cell[]

export type FaultRule =
  'not-an-object' | 'missing' | 'type' | 'not-finite' | 'range' | 'text' | 'date' | 'unknown-column'
/** What is wrong with one value. `row` counts from 0; `column` is null when the whole row is no object. */
export type InputFault = { row: number; column: string | null; rule: FaultRule; message: string }

/** Rows in one request. */
export const MAX_ROWS = 10_000
/** Largest magnitude of a number: amounts in cents of large portfolios exceed 1e6, nothing of a claim exceeds this. */
export const MAX_MAGNITUDE = 1e9
/** Characters in the text of a category. */
export const MAX_TEXT = 1_000
/** Faults that an answer lists; their full number is always told. */
export const MAX_FAULTS = 1_000

/** The inputs do not fit the model's signature; carries every fault (the first 1,000) by row and column. */
export class PredictionInputError extends AssayError<'PREDICTION_INPUT_INVALID'> {
  readonly faults: readonly InputFault[]

  constructor(model: string, nFaults: number, faults: InputFault[]) {
    super('PREDICTION_INPUT_INVALID', { model, nFaults, first: `row ${faults[0].row}: ${faults[0].message}` })
    this.faults = faults
  }
}

/** Gathers faults, keeping the first `MAX_FAULTS` and the count of all. */
export class FaultList {
  readonly faults: InputFault[] = []
  nFaults = 0

  add(fault: InputFault): void {
    this.nFaults++
    if (this.faults.length < MAX_FAULTS) this.faults.push(fault)
  }
}

export type InputValidator = {
  readonly columns: readonly string[]
  /** The cells of `input` in the signature's order; what is wrong goes to `faults` and leaves a null. */
  validate(input: unknown, row: number, faults: FaultList): InputRow
}

/**
 * Checks inputs against a signature: required columns present, numbers finite and |x| <= 1e9, text of at most 1,000 characters
 * that the log can hold, dates as ISO text, no unknown column (named, with the nearest known one). Null is a value that is not known, which models
 * take; so is the absence of a column that is not required. A category the model never saw is allowed; where levels are the
 * texts of numbers or booleans, a category takes those too.
 */
export function createInputValidator(signature: Signature): InputValidator {
  const columns = signature.columns.map((column) => column.name)
  const known = new Set(columns)
  const others = signature.columns.map((column) => typesOf(column.levels ?? []))

  function validate(input: unknown, row: number, faults: FaultList): InputRow {
    if (typeof input !== 'object' || input === null || Array.isArray(input)) {
      faults.add({ row, column: null, rule: 'not-an-object', message: `Said ${shown(input)}; wanted an object.` })
      return []
    }
    const given = input as Record<string, unknown>
    for (const name in given) {
      if (known.has(name)) continue
      const nearest = nearestName(name, columns)
      const advice = nearest === undefined ? 'the model does not take it' : `did you mean "${nearest}"?`
      const message = `Column "${name.slice(0, 100)}" is unknown: ${advice}`
      faults.add({ row, column: name.slice(0, 100), rule: 'unknown-column', message })
    }
    return signature.columns.map((column, index) => {
      const value = Object.hasOwn(given, column.name) ? given[column.name] : undefined
      const cell = cellOf(column, value, others[index])
      if (typeof cell === 'object' && cell !== null) {
        faults.add({ row, column: column.name, rule: cell.rule, message: `Column "${column.name}": ${cell.message}` })
        return null
      }
      if (value === undefined && column.required) {
        const message = `Column "${column.name}" is required and missing; null says that its value is not known.`
        faults.add({ row, column: column.name, rule: 'missing', message })
      }
      return cell
    })
  }
  return { columns, validate }
}

type CellFault = { rule: FaultRule; message: string }

function cellOf(column: Signature['columns'][number], value: unknown, takes: TextLike): Cell | CellFault {
  if (column.kind === 'category') return categoryCell(value, takes)
  return column.format === 'date' ? dateCell(value) : numberCell(value)
}

function numberCell(value: unknown): Cell | CellFault {
  if (value === undefined || value === null) return null
  if (typeof value !== 'number') return { rule: 'type', message: `said ${shown(value)}; wanted a number.` }
  if (!Number.isFinite(value)) return { rule: 'not-finite', message: `said ${value}; wanted a finite number.` }
  if (Math.abs(value) > MAX_MAGNITUDE)
    return { rule: 'range', message: `said ${value}; wanted a number between -1e9 and 1e9.` }
  return value + 0 // JSON has no -0, and what is logged is what is scored
}

/** The text as it was said, which the log shows; `createTableBuilder` and the model turn it into days. */
function dateCell(value: unknown): Cell | CellFault {
  if (value === undefined || value === null) return null
  if (typeof value === 'string' && daysOfIsoDate(value) !== undefined) return value
  const rule = typeof value === 'string' ? 'date' : 'type'
  return { rule, message: `said ${shown(value)}; wanted an ISO date such as "2024-05-31" or "2024-05-31T13:45:00Z".` }
}

type TextLike = { numbers: boolean; booleans: boolean }

/** What a category takes beside text: numbers where some level is the text of one, booleans likewise. */
function typesOf(levels: readonly string[]): TextLike {
  return {
    numbers: levels.some((level) => level.trim() !== '' && Number.isFinite(Number(level))),
    booleans: levels.includes('true') || levels.includes('false'),
  }
}

function categoryCell(value: unknown, takes: TextLike): Cell | CellFault {
  if (value === undefined || value === null) return null
  if (typeof value !== 'string') {
    if (typeof value === 'number' && takes.numbers && Number.isFinite(value)) return String(value)
    if (typeof value === 'boolean' && takes.booleans) return String(value)
    return { rule: 'type', message: `said ${shown(value)}; wanted text.` }
  }
  if (value.length > MAX_TEXT)
    return { rule: 'text', message: `said ${value.length} characters; wanted at most ${MAX_TEXT}.` }
  // PostgreSQL's jsonb holds neither; one such row would fail every row that shares its insert.
  if (value.includes('\0') || !value.isWellFormed())
    return { rule: 'text', message: 'said text with a NUL or half a surrogate pair; wanted well-formed Unicode.' }
  return value
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40).toWellFormed())}`
  return value === undefined ? 'nothing' : `${typeof value} ${String(value)}`
}
