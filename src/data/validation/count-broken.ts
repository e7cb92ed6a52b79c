import type { Session } from '../sql/session.ts'
import type { BoundColumn, Check } from './checks.ts'
import type { ValidationCounts, Violation, ViolationCode } from './violation.ts'

export const MAX_EXAMPLES = 10

export type Scan = {
  /** the checks that some row breaks */
  broken: Check[]
  violations: Violation[]
  counts: Omit<ValidationCounts, 'nValid' | 'nQuarantined' | 'nDistinctKeys'>
}

/**
 * One scan over all rows: how many break each check, and what quality is counted from. Only where some check is broken a second scan
 * looks for the first rows of each.
 */
export async function countBroken(
  { rows: query }: Session,
  { rows, columns, checks }: { rows: string; columns: BoundColumn[]; checks: Check[] },
): Promise<Scan> {
  const flags = checks.map(({ sql }, i) => `${sql} as "§k${i}"`)
  const anyOf = (chosen: (check: Check) => boolean) =>
    checks.flatMap((check, i) => (chosen(check) ? [`"§k${i}"`] : [])).join(' or ') || 'false'
  const aggregates = [
    'count(*) as n',
    ...checks.map((_, i) => `count_if("§k${i}") as n${i}`),
    ...columns.map(({ present }, i) => `count(${present}) as p${i}`),
    ...columns.map((column, i) => `count_if(${anyOf((check) => check.column === column && isOfCell(check))}) as i${i}`),
    `count_if(${anyOf(({ code }) => code === 'RULE_BROKEN')}) as inconsistent`,
    `count_if(${freshSql(checks)}) as fresh`,
  ]
  const [counted] = await query<Record<string, number>>(
    `select ${aggregates.join(', ')} from (select ${['*', ...flags].join(', ')} from ${rows})`,
  )
  const nRows = counted.n
  const has = (code: ViolationCode) => checks.some((check) => check.code === code)
  const sum = (letter: string) => columns.reduce((total, _, i) => total + counted[`${letter}${i}`], 0)
  const presentOf = (column: BoundColumn) => counted[`p${columns.indexOf(column)}`]
  const counts = new Map(checks.map((check, i) => [check, counted[`n${i}`]]))
  const broken = checks.filter((check) => counts.get(check)! > 0)
  const examples = await firstRows(query, { rows, broken })
  return {
    broken,
    violations: broken.map((check, i) =>
      violationOf(check, { count: counts.get(check)!, nRows, presentOf, examples: examples[i] }),
    ),
    counts: {
      nRows,
      nCells: nRows * columns.length,
      nPresentCells: sum('p'),
      nInvalidCells: sum('i'),
      nInconsistentRows: has('RULE_BROKEN') ? counted.inconsistent : null,
      nFreshRows: has('ROW_STALE') ? counted.fresh : null,
    },
  }
}

/** The first rows of each broken check. */
async function firstRows(
  query: Session['rows'],
  { rows, broken }: { rows: string; broken: Check[] },
): Promise<Violation['examples'][]> {
  if (broken.length === 0) return []
  const lists = broken.map(({ column, sql }, i) => `${exampleList(column)} filter (where ${sql}) as e${i}`)
  const [found] = await query<Record<`e${number}`, Violation['examples']>>(
    `select ${lists.join(', ')} from ${rows} where ${broken.map(({ sql }) => sql).join(' or ')}`,
  )
  return broken.map((_, i) => found[`e${i}`])
}

/** Broken by the value of one present cell. */
export const isOfCell = ({ code }: Check) =>
  code !== 'NULL_NOT_ALLOWED' && code !== 'RULE_BROKEN' && code !== 'ROW_STALE'

export const exampleList = (column: BoundColumn | undefined) =>
  `arg_min({ 'row': "§row", 'value': ${column?.shownSql ?? 'null::varchar'} }, "§row", ${MAX_EXAMPLES})`

/** A row without a time is not known to be fresh. */
function freshSql(checks: Check[]): string {
  const index = checks.findIndex(({ code }) => code === 'ROW_STALE')
  return index < 0 ? 'false' : `${checks[index].column!.present} is not null and not "§k${index}"`
}

type Found = {
  count: number
  nRows: number
  examples: Violation['examples']
  presentOf: (column: BoundColumn) => number
}

/** More than half of the values being of another type is a change of the column, not a fault of its cells. */
function violationOf({ code, column, rule, message }: Check, { count, nRows, examples, presentOf }: Found): Violation {
  const isChange = code === 'TYPE_MISMATCH' && count * 2 > presentOf(column!)
  return {
    code: isChange ? 'TYPE_CHANGED' : code,
    ...(column ? { column: column.rule.name } : {}),
    rule,
    count,
    share: count / nRows,
    examples,
    message: isChange ? `${message} in most rows: the column has another type` : message,
  }
}
