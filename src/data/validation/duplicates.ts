import { identifier } from '../sql/literal.ts'
import type { Session } from '../sql/session.ts'
import type { BoundColumn, Check } from './checks.ts'
import { exampleList, isOfCell } from './count-broken.ts'
import type { Violation } from './violation.ts'

export type Duplicates = {
  checks: Check[]
  violations: Violation[]
  /** cells that repeat a key and break nothing else */
  nInvalidCells: number
  nDistinctKeys: number | null
}

/** Every row of a key that occurs more than once, for each unique column. The repeated keys stay in the session as tables. */
export async function findDuplicates(
  { duck, rows: query }: Session,
  { rows, columns, checks, nRows }: { rows: string; columns: BoundColumn[]; checks: Check[]; nRows: number },
): Promise<Duplicates> {
  const found: Duplicates = { checks: [], violations: [], nInvalidCells: 0, nDistinctKeys: null }
  for (const [i, column] of columns.filter(({ rule }) => rule.unique).entries()) {
    const key = identifier(column.rule.name)
    await duck.run(
      `create temp table "§repeated${i}" as
         select ${key} as key from ${rows} where ${key} is not null group by ${key} having count(*) > 1`,
    )
    const check: Check = {
      code: 'KEY_DUPLICATE',
      column,
      rule: 'unique',
      message: `${column.rule.name} is not unique`,
      sql: `coalesce(${key} in (from "§repeated${i}"), false)`,
      quarantines: true,
    }
    const others = checks.filter((other) => other.column === column && isOfCell(other)).map(({ sql }) => sql)
    const [{ count, onlyRepeated, nRepeated, examples }] = await query<Counted>(
      `select count(*) as "count", count_if(not (${others.join(' or ') || 'false'})) as "onlyRepeated",
         (select count(*) from "§repeated${i}") as "nRepeated", ${exampleList(column)} as examples
       from ${rows} where ${key} in (from "§repeated${i}")`,
    )
    if (found.nDistinctKeys === null) {
      const [{ nPresent }] = await query<{ nPresent: number }>(`select count(${key}) as "nPresent" from ${rows}`)
      found.nDistinctKeys = nPresent - count + nRepeated
    }
    if (count === 0) continue
    found.checks.push(check)
    found.nInvalidCells += onlyRepeated
    found.violations.push({
      code: check.code,
      column: column.rule.name,
      rule: check.rule,
      count,
      share: count / nRows,
      examples: examples ?? [],
      message: check.message,
    })
  }
  return found
}

type Counted = { count: number; onlyRepeated: number; nRepeated: number; examples: Violation['examples'] | null }
