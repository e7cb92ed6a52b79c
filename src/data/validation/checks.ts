import type { Contract, ContractColumn, ContractRule } from '../contract/contract.ts'
import type { Landed } from '../landed.ts'
import { identifier, literal, isOneOf } from '../sql/literal.ts'
import { presentSql, textSql, typedSql } from './typed-sql.ts'
import type { ViolationCode } from './violation.ts'

/** A column that both the contract and the source have, with the SQL of its three readings. */
export type BoundColumn = {
  rule: ContractColumn
  /** aliases of the value as it came and of the value that is not missing */
  raw: string
  present: string
  presentSql: string
  typedSql: string
  /** the present value as text */
  textSql: string
  /** the value as it came, for examples; null where the column holds personal data */
  shownSql: string
}

/** Something that is wrong with a row where `sql` is true; never null. */
export type Check = {
  code: ViolationCode
  column?: BoundColumn
  rule: string
  message: string
  sql: string
  /** the row goes to quarantine; a stale row is only told */
  quarantines: boolean
}

/** The columns of the contract that the source has, in the contract's order. */
export function bindColumns(contract: Contract, landed: Landed): BoundColumn[] {
  return contract.columns.flatMap((rule) => {
    const index = landed.columns.findIndex(({ name }) => name === rule.name)
    if (index < 0) return []
    const { type } = landed.columns[index]
    const [raw, present] = [`"§r${index}"`, `"§p${index}"`]
    return {
      rule,
      raw,
      present,
      presentSql: presentSql(raw, type, rule.missing),
      typedSql: typedSql(present, type, rule),
      textSql: textSql(present, type),
      shownSql: isPersonal(rule) ? 'null::varchar' : textSql(raw, type),
    }
  })
}

const isPersonal = ({ pii, policy = 'keep' }: ContractColumn) => pii !== undefined || policy !== 'keep'

/**
 * What is checked in one row alone.
 * @param rules those of the contract whose columns the source has
 * @param asOf the instant that ages of rows are counted from
 */
export function checksOf(
  contract: Contract,
  { columns, rules, asOf }: { columns: BoundColumn[]; rules: ContractRule[]; asOf: Date },
): Check[] {
  return [
    ...columns.flatMap((column) => columnChecks(column)),
    ...rules.map(({ name, sql }): Check => ({
      code: 'RULE_BROKEN',
      rule: name,
      message: `${sql} does not hold (${name})`,
      // A rule that is not known to be broken, for want of a value, is none that is broken.
      sql: `coalesce(not try((${sql}\n)), false)`,
      quarantines: true,
    })),
    ...columns
      .filter(({ rule }) => rule.role === 'time' && contract.freshnessDays !== undefined)
      .map((column) => staleCheck(column, contract.freshnessDays!, asOf)),
  ]
}

function columnChecks(column: BoundColumn): Check[] {
  const { rule, present } = column
  const { name, type, min, max, values, pattern } = rule
  const checks: Check[] = []
  const add = (code: ViolationCode, ruleText: string, { message, sql }: { message: string; sql: string }) =>
    checks.push({ code, column, rule: ruleText, message: `${name} ${message}`, sql, quarantines: true })
  const typed = identifier(name)
  if (!rule.nullable) add('NULL_NOT_ALLOWED', 'not null', { message: 'is missing', sql: `${present} is null` })
  if (type !== 'string' && type !== 'category')
    add('TYPE_MISMATCH', rule.format ? `${type} written ${rule.format}` : type, {
      message: `is not ${typeWords[type]}${rule.format ? ` written like ${rule.format}` : ''}`,
      sql: `(${present} is not null and ${typed} is null)`,
    })
  if ((type === 'number' || type === 'integer') && (min !== undefined || max !== undefined)) {
    const bounds = [
      min === undefined ? [] : `${typed} < '${min}'::double`,
      max === undefined ? [] : `${typed} > '${max}'::double`,
    ].flat()
    const range = rangeText(min, max)
    add('RANGE_BREACH', range, { message: `is not ${range}`, sql: `coalesce(${bounds.join(' or ')}, false)` })
  }
  if (values !== undefined)
    add('CATEGORY_NEW', 'one of the values', {
      message: 'is not one of the known values',
      sql: values.length === 0 ? `${present} is not null` : `coalesce(not ${isOneOf(column.textSql, values)}, false)`,
    })
  if (pattern !== undefined)
    add('PATTERN_MISMATCH', pattern, {
      message: `does not match ${pattern}`,
      sql: `coalesce(not regexp_matches(${column.textSql}, ${literal(pattern)}), false)`,
    })
  return checks
}

const typeWords = {
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  date: 'a date',
  timestamp: 'a point in time',
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return `at most ${max}`
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`
}

const DAY_MS = 86_400_000

function staleCheck(column: BoundColumn, freshnessDays: number, asOf: Date): Check {
  const { rule } = column
  const limit = new Date(asOf.getTime() - freshnessDays * DAY_MS).toISOString().slice(0, 19).replace('T', ' ')
  return {
    code: 'ROW_STALE',
    column,
    rule: `no older than ${freshnessDays} days`,
    message: `${rule.name} is more than ${freshnessDays} days ago`,
    sql: `coalesce(${identifier(rule.name)} < timestamp '${limit}', false)`,
    quarantines: false,
  }
}
