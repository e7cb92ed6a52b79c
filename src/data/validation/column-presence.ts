import type { Contract, ContractColumn } from '../contract/contract.ts'
import type { Landed } from '../landed.ts'
import { identifier, literal, isOneOf, parquet } from '../sql/literal.ts'
import type { Session } from '../sql/session.ts'
import { textSql } from './typed-sql.ts'
import type { Violation, ViolationCode } from './violation.ts'

/**
 * Columns that are missing, renamed or not expected: of the table, not of a row, so no row goes to quarantine for them. A renamed
 * column is not read under its new name: whether it is the same one is for a person to say.
 */
export async function columnViolations(
  session: Session,
  { contract, landed }: { contract: Contract; landed: Landed },
): Promise<Violation[]> {
  const names = landed.columns.map((column) => column.name)
  const unexpected = names.filter((name) => !contract.columns.some((rule) => rule.name === name))
  const violation = (
    code: ViolationCode,
    { column, rule, message }: Pick<Violation, 'column' | 'rule' | 'message'>,
  ) => ({
    code,
    column,
    rule,
    count: landed.nRows,
    share: 1,
    examples: [],
    message,
  })
  const violations: Violation[] = []
  for (const rule of contract.columns.filter(({ name }) => !names.includes(name))) {
    const twin = twinByName(rule.name, unexpected) ?? (await twinByContent(session, { rule, landed, unexpected }))
    if (twin !== undefined) unexpected.splice(unexpected.indexOf(twin), 1)
    violations.push(
      twin === undefined
        ? violation('COLUMN_MISSING', {
            column: rule.name,
            rule: 'present',
            message: `Column ${rule.name} is missing.`,
          })
        : violation('COLUMN_RENAMED', {
            column: rule.name,
            rule: 'present',
            message: `Column ${rule.name} is missing; ${twin} looks like its new name.`,
          }),
    )
  }
  for (const column of unexpected)
    violations.push(
      violation('COLUMN_UNEXPECTED', {
        column,
        rule: 'known',
        message: `Column ${column} is not in the contract and is left out.`,
      }),
    )
  return violations
}

const simplify = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The same letters and digits, else the nearest within a fifth of the letters. */
function twinByName(name: string, candidates: string[]): string | undefined {
  const simple = simplify(name)
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(simplify(candidate), simple) }))
    .sort((a, b) => a.distance - b.distance)
  const nearest = ranked[0]
  return nearest && nearest.distance <= Math.floor(simple.length / 5) ? nearest.candidate : undefined
}

/** Levenshtein: how many letters have to be put in, taken out or changed. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++)
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    previous = current
  }
  return previous[b.length]
}

const SAMPLE_ROWS = 2_000
const ALIKE_SHARE = 0.9

/** The one unexpected column whose values are those the contract lists, or fit its pattern. Two such are none. */
async function twinByContent(
  { rows }: Session,
  { rule, landed, unexpected }: { rule: ContractColumn; landed: Landed; unexpected: string[] },
): Promise<string | undefined> {
  const { values, pattern } = rule
  if (unexpected.length === 0 || (pattern === undefined && (values === undefined || values.length < 2)))
    return undefined
  const shares = unexpected.map((name) => {
    const text = textSql(identifier(name), landed.columns.find((column) => column.name === name)!.type)
    const fits = pattern === undefined ? isOneOf(text, values!) : `regexp_matches(${text}, ${literal(pattern)})`
    return `count_if(${fits}) / nullif(count(${text}), 0)`
  })
  const [{ alike }] = await rows<{ alike: (number | null)[] }>(
    `select [${shares.join(', ')}] as alike from (from ${parquet(landed.path, unexpected.map(identifier))} limit ${SAMPLE_ROWS})`,
  )
  const twins = unexpected.filter((_, i) => (alike[i] ?? 0) >= ALIKE_SHARE)
  return twins.length === 1 ? twins[0] : undefined
}
