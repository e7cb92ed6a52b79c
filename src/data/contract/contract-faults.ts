import { Value } from 'typebox/value'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { Contract, type ContractColumn } from './contract.ts'
import { isDateFormat, numberFormats, readNumberFormat } from './value-formats.ts'

export type ContractFault = {
  /** of the file, from 1; null when the fault is of the whole */
  line: number | null
  /** `columns.3.type` */
  key: string
  /** what is there and what is wanted */
  message: string
}

export type ReadContract = { contract: Contract } | { faults: ContractFault[] }

type Path = (string | number)[]

/** Reads a contract file: the contract, or every fault in it with its line. The SQL of the rules is only read by `checkRules`. */
export function readContract(yaml: string): ReadContract {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  if (document.errors.length > 0)
    return {
      faults: document.errors.map(({ message, pos }) => ({
        line: lines.linePos(pos[0]).line,
        key: '',
        message: message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, ''),
      })),
    }
  const value = Value.Default(Contract, document.toJS()) as unknown
  const at = (path: Path, message: string): ContractFault => ({
    line: lineOf(document, lines, path),
    key: path.join('.'),
    message,
  })
  const shape = shapeFaults(value)
  if (shape.length > 0) return { faults: shape.map(({ path, message }) => at(path, message)) }
  const contract = value as Contract
  const faults = [...contract.columns.flatMap(columnFaults), ...tableFaults(contract)]
  return faults.length > 0 ? { faults: faults.map(({ path, message }) => at(path, message)) } : { contract }
}

/** A fault of a contract that can be read, found by somebody else, with its line. */
export function faultAt(yaml: string, path: (string | number)[], message: string): ContractFault {
  const lines = new LineCounter()
  return { line: lineOf(parseDocument(yaml, { lineCounter: lines }), lines, path), key: path.join('.'), message }
}

type Fault = { path: Path; message: string }

function shapeFaults(value: unknown): Fault[] {
  const faults = new Map<string, Fault>()
  for (const error of Value.Errors(Contract, value)) {
    const path = error.instancePath
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    const given = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value)
    const params = error.params as Record<string, unknown>
    if (error.keyword === 'additionalProperties') continue
    const message =
      error.keyword === 'boolean'
        ? `there is no such key here; wanted ${knownKeys(path)}`
        : error.keyword === 'required'
          ? `${(params.requiredProperties as string[]).join(', ')} is missing`
          : error.keyword === 'enum'
            ? `given ${show(given)}; wanted one of ${(params.allowedValues as string[]).join(', ')}`
            : `given ${show(given)}; wanted ${wantedOf(error.message)}`
    if (!faults.has(path.join('/'))) faults.set(path.join('/'), { path, message })
  }
  return [...faults.values()]
}

const wantedOf = (message: string) => message.replace(/^must (not )?(be|have) /, (_, not) => (not ? 'not ' : ''))
const show = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80))

function knownKeys(path: Path): string {
  const schema = path[0] === 'columns' && path.length > 2 ? Contract.properties.columns.items : Contract
  const shown = path[0] === 'rules' && path.length > 2 ? Contract.properties.rules.items : schema
  return Object.keys(shown.properties).join(', ')
}

function columnFaults(column: ContractColumn, index: number): Fault[] {
  const { name, type, min, max, pattern, format, positive, role } = column
  const faults: Fault[] = []
  const fault = (key: string, message: string) => faults.push({ path: ['columns', index, key], message })
  const isNumber = type === 'number' || type === 'integer'
  const isTime = type === 'date' || type === 'timestamp'
  if (name.startsWith('§')) fault('name', `given ${name}; wanted a name that does not begin with §`)
  for (const key of ['min', 'max'] as const)
    if (column[key] !== undefined && !isNumber) fault(key, `column ${name} is a ${type}; ${key} is for numbers`)
  if (min !== undefined && max !== undefined && min > max)
    fault('min', `column ${name} has min ${min} and max ${max}; wanted min at most max`)
  const reason = pattern === undefined ? undefined : patternFault(pattern)
  if (reason !== undefined) fault('pattern', `the pattern of column ${name} ${reason}`)
  if (format !== undefined && isNumber && !readNumberFormat(format))
    fault(
      'format',
      `given ${format} for the number ${name}; wanted one of ${numberFormats.join(' | ')}, with ¤ or % if need be`,
    )
  if (format !== undefined && isTime && !isDateFormat(format))
    fault('format', `given ${format} for the ${type} ${name}; wanted a pattern such as %d.%m.%Y`)
  if (format !== undefined && !isNumber && !isTime)
    fault('format', `column ${name} is a ${type}; format is for numbers and dates`)
  if (positive !== undefined && role !== 'target')
    fault('positive', `column ${name} has the role ${role}; positive is for the target`)
  if (positive !== undefined && column.values && !column.values.includes(positive))
    fault('positive', `given ${positive}; wanted one of the values ${column.values.join(', ')}`)
  return faults
}

/** RE2, which DuckDB matches with, takes neither looks around nor references back. */
function patternFault(pattern: string): string | undefined {
  try {
    RegExp(pattern)
  } catch {
    return 'is no regular expression'
  }
  if (/\(\?(<?[=!])/.test(pattern)) return 'looks ahead or behind, which RE2 does not take'
  if (/(^|[^\\])(\\\\)*\\[1-9]/.test(pattern)) return 'refers back to a group, which RE2 does not take'
  return undefined
}

function tableFaults({ columns, rules, freshnessDays }: Contract): Fault[] {
  const faults: Fault[] = []
  columns.forEach(({ name }, index) => {
    const first = columns.findIndex((other) => other.name.toLowerCase() === name.toLowerCase())
    if (first === index) return
    const message =
      columns[first].name === name
        ? `column ${name} is listed twice`
        : `columns ${columns[first].name} and ${name} differ in upper and lower case only`
    faults.push({ path: ['columns', index, 'name'], message })
  })
  for (const role of ['target', 'time', 'known_since', 'id'] as const) {
    const given = columns.filter((column) => column.role === role)
    if (given.length > 1)
      faults.push({
        path: ['columns', columns.indexOf(given[1]), 'role'],
        message: `${given.map(({ name }) => name).join(' and ')} have the role ${role}; wanted at most one`,
      })
  }
  rules.forEach(({ name }, index) => {
    if (rules.findIndex((other) => other.name === name) !== index)
      faults.push({ path: ['rules', index, 'name'], message: `rule ${name} is listed twice` })
  })
  const time = columns.find((column) => column.role === 'time')
  if (freshnessDays !== undefined && time?.type !== 'date' && time?.type !== 'timestamp')
    faults.push({
      path: ['freshnessDays'],
      message: `${time ? `the time column ${time.name} is a ${time.type}` : 'there is no column with the role time'}; wanted one that is a date or timestamp`,
    })
  return faults
}

/** The line of the nearest thing that is written in the file. */
function lineOf(document: Document, lines: LineCounter, path: Path): number | null {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length).map(toIndex), true) as
      { range?: [number, number, number] } | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return null
}

const toIndex = (key: string | number) => (/^\d+$/.test(String(key)) ? Number(key) : key)
