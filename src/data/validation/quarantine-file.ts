import fs from 'node:fs/promises'
import type { Landed } from '../landed.ts'
import { identifier, literal } from '../sql/literal.ts'
import type { Session } from '../sql/session.ts'
import type { Check } from './checks.ts'
import { copyRows } from './copy-rows.ts'

/**
 * Writes the rows that break a check as JSON lines (`QuarantinedRow`), in the order of the source: the reasons, and all columns of the
 * source as texts. An empty file where nothing is broken. @returns how many rows
 */
export async function writeQuarantine(
  session: Session,
  { rows, landed, broken, order, path }: { rows: string; landed: Landed; broken: Check[]; order: string; path: string },
): Promise<number> {
  await fs.writeFile(path, '')
  if (broken.length === 0) return 0
  const reasons = broken.map(({ code, column, message, sql }) => {
    const name = column ? literal(column.rule.name) : 'null::varchar'
    return `case when ${sql} then { 'code': ${literal(code)}, 'column': ${name}, 'message': ${literal(message)} } end`
  })
  const values = landed.columns.map(({ name }, index) => `${identifier(name)} := "§r${index}"::varchar`)
  return copyRows(session, {
    select: `select "§row" as row, list_filter([${reasons.join(', ')}], lambda reason: reason is not null) as reasons,
        struct_pack(${values.join(', ')}) as "values"
      from ${rows} where ${broken.map(({ sql }) => sql).join(' or ')} ${order}`,
    to: `${literal(path)} (format json)`,
  })
}
