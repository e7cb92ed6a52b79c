import { cellText, isMissing, type DataColumn, type DataColumns } from '../columns.ts'
import type { QuarantinedRow, QuarantineReason, Violation, ViolationCode } from '../validation/violation.ts'
import type { Contract, ContractColumn, ContractRule } from './contract.ts'

export type Quarantined = QuarantinedRow

export type Validation = {
  violations: Violation[]
  /** rows that meet every rule, ascending */
  validRows: Int32Array
  quarantined: Quarantined[]
  /** present cells that break a rule of their column, each counted once */
  nInvalidCells: number
  /** rows that break a rule between columns, each counted once */
  nInconsistentRows: number
}

const MAX_EXAMPLES = 10

/** Holds data against a contract. Every broken rule is told apart; rows that break one go to quarantine with the reasons. */
export function validateAgainst(contract: Contract, data: DataColumns): Validation {
  const reasons = new Map<number, QuarantineReason[]>()
  const found = columnViolations(contract, data)
  const inconsistent = new Set<number>()
  let nInvalidCells = 0
  const record = (violation: Violation | undefined, rows: number[]) => {
    if (!violation) return
    found.push(violation)
    const { code, column = null, message } = violation
    for (const row of rows) reasons.set(row, [...(reasons.get(row) ?? []), { code, column, message }])
  }
  for (const rule of contract.columns) {
    const column = data.columns.find((candidate) => candidate.name === rule.name)
    if (!column) continue
    // A cell that breaks two rules, -1.5 for a whole number from 0 on, is one invalid cell.
    const invalid = new Set<number>()
    for (const check of checksOf(rule)) {
      const rows = rowsWhere(data.nRows, (row) => check.isBroken(column, row))
      if (check.code !== 'NULL_NOT_ALLOWED') for (const row of rows) invalid.add(row)
      record(violationOf(check, { column, rows, nRows: data.nRows }), rows)
    }
    if (rule.unique) {
      const rows = duplicateRows(column, data.nRows)
      for (const row of rows) invalid.add(row)
      record(
        violationOf(
          { code: 'KEY_DUPLICATE', rule: 'unique', text: 'is not unique' },
          { column, rows, nRows: data.nRows },
        ),
        rows,
      )
    }
    nInvalidCells += invalid.size
  }
  for (const rule of contract.rules) {
    const rows = rowsBreaking(rule, data)
    for (const row of rows) inconsistent.add(row)
    record(ruleViolation(rule, rows, data), rows)
  }
  const quarantined = [...reasons]
    .sort(([a], [b]) => a - b)
    .map(([row, why]) => ({ row: data.sourceRows?.[row] ?? row, reasons: why, values: rowTexts(data, row) }))
  const validRows = Int32Array.from(rowsWhere(data.nRows, (row) => !reasons.has(row)))
  return { violations: found, validRows, quarantined, nInvalidCells, nInconsistentRows: inconsistent.size }
}

/** Columns that are missing, renamed or not expected: of the table, not of a row. */
function columnViolations(contract: Contract, { columns, nRows }: DataColumns): Violation[] {
  const names = columns.map((column) => column.name)
  const expected = contract.columns.map((column) => column.name)
  const unexpected = names.filter((name) => !expected.includes(name))
  const violations: Violation[] = []
  for (const name of expected.filter((candidate) => !names.includes(candidate))) {
    const twin = unexpected.find((candidate) => simplify(candidate) === simplify(name))
    if (twin) unexpected.splice(unexpected.indexOf(twin), 1)
    violations.push({
      code: twin ? 'COLUMN_RENAMED' : 'COLUMN_MISSING',
      column: name,
      rule: 'present',
      count: nRows,
      share: 1,
      examples: [],
      message: twin ? `Column ${name} is missing; ${twin} looks like its new name.` : `Column ${name} is missing.`,
    })
  }
  for (const column of unexpected)
    violations.push({
      code: 'COLUMN_UNEXPECTED',
      column,
      rule: 'known',
      count: nRows,
      share: 1,
      examples: [],
      message: `Column ${column} is not in the contract and is left out.`,
    })
  return violations
}

const simplify = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

type Check = { code: ViolationCode; rule: string; text: string; isBroken: (column: DataColumn, row: number) => boolean }

function checksOf(rule: ContractColumn): Check[] {
  const checks: Check[] = []
  if (!rule.nullable)
    checks.push({ code: 'NULL_NOT_ALLOWED', rule: 'not null', text: 'is missing', isBroken: isMissing })
  const isNumeric = rule.type === 'number' || rule.type === 'integer'
  if (isNumeric) {
    const wanted = rule.type === 'integer' ? 'a whole number' : 'a number'
    checks.push({
      code: 'TYPE_CHANGED',
      rule: rule.type,
      text: `is not ${wanted}`,
      isBroken: (column, row) => !isMissing(column, row) && !isNumberOf(rule.type, column, row),
    })
    const { min = -Infinity, max = Infinity } = rule
    checks.push({
      code: 'RANGE_BREACH',
      rule: `${min} to ${max}`,
      text: `is outside ${min} to ${max}`,
      isBroken: (column, row) => column.kind === 'number' && (column.values[row] < min || column.values[row] > max),
    })
  }
  if (rule.type === 'date' || rule.type === 'timestamp')
    checks.push({
      code: 'TYPE_CHANGED',
      rule: rule.type,
      text: `is not a ${rule.type}`,
      isBroken: (column, row) => !isMissing(column, row) && Number.isNaN(Date.parse(cellText(column, row)!)),
    })
  if (rule.values && !isNumeric) {
    const allowed = new Set(rule.values)
    checks.push({
      code: 'CATEGORY_NEW',
      rule: 'one of the values',
      text: 'is not one of the known values',
      isBroken: (column, row) => !isMissing(column, row) && !allowed.has(cellText(column, row)!),
    })
  }
  if (rule.pattern !== undefined) {
    const pattern = new RegExp(rule.pattern)
    checks.push({
      code: 'PATTERN_MISMATCH',
      rule: rule.pattern,
      text: `does not match ${rule.pattern}`,
      isBroken: (column, row) => !isMissing(column, row) && !pattern.test(cellText(column, row)!),
    })
  }
  return checks
}

function isNumberOf(type: string, column: DataColumn, row: number): boolean {
  if (column.kind === 'text') return false
  return type === 'number' ? Number.isFinite(column.values[row]) : Number.isInteger(column.values[row])
}

function violationOf(
  { code, rule, text }: Pick<Check, 'code' | 'rule' | 'text'>,
  { column, rows, nRows }: { column: DataColumn; rows: number[]; nRows: number },
): Violation | undefined {
  if (rows.length === 0) return undefined
  return {
    code,
    column: column.name,
    rule,
    count: rows.length,
    share: rows.length / nRows,
    examples: rows.slice(0, MAX_EXAMPLES).map((row) => ({ row, value: cellText(column, row) })),
    message: `${column.name} ${text}`,
  }
}

function ruleViolation(rule: ContractRule, rows: number[], { nRows }: DataColumns): Violation | undefined {
  if (rows.length === 0) return undefined
  return {
    code: 'RULE_BROKEN',
    rule: rule.name,
    count: rows.length,
    share: rows.length / nRows,
    examples: rows.slice(0, MAX_EXAMPLES).map((row) => ({ row, value: null })),
    message: `${rule.sql} does not hold (${rule.name})`,
  }
}

const compare: Record<string, (a: number | string, b: number | string) => boolean> = {
  '<=': (a, b) => a <= b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '>': (a, b) => a > b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
}

/** Rows where the comparison is known not to hold; a missing side is not known. */
function rowsBreaking({ sql }: ContractRule, data: DataColumns): number[] {
  const [, left, op, other] = /^(\w+) ([<>]=?|!?=) (\w+)$/.exec(sql) ?? []
  const right = /^\d+$/.test(other) ? Number(other) : other
  const columnOf = (name: string) => data.columns.find((column) => column.name === name)
  const [a, b] = [columnOf(left), typeof right === 'string' ? columnOf(right) : undefined]
  if (!a || (typeof right === 'string' && !b)) return []
  return rowsWhere(data.nRows, (row) => {
    if (isMissing(a, row) || (b && isMissing(b, row))) return false
    return !compare[op](a.values[row]!, b ? b.values[row]! : right)
  })
}

/** Every row of a value that occurs more than once. */
function duplicateRows(column: DataColumn, nRows: number): number[] {
  const counts = new Map<string | null, number>()
  for (let row = 0; row < nRows; row++) {
    const text = cellText(column, row)
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return rowsWhere(nRows, (row) => (counts.get(cellText(column, row)) ?? 0) > 1)
}

function rowTexts({ columns }: DataColumns, row: number): Record<string, string | null> {
  return Object.fromEntries(columns.map((column) => [column.name, cellText(column, row)]))
}

function rowsWhere(nRows: number, holds: (row: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < nRows; row++) if (holds(row)) rows.push(row)
  return rows
}
