import { AssayError } from '../../errors/index.ts'
import type { PersonalKind } from '../kinds.ts'
import { ageBandSql, birthYearSql, postcodeAreaSql, yearSql } from './generalise-sql.ts'
import { pseudonymSql } from './hmac-key.ts'
import type { Policy } from './policy.ts'

/** The types of a contract's columns. */
export type ColumnType = 'number' | 'integer' | 'string' | 'category' | 'boolean' | 'date' | 'timestamp'

export type PolicyTarget = {
  /** SQL expression of the column, of its contract's type: usually the quoted identifier */
  column: string
  /** the column's name, for errors; `column` when left out */
  name?: string
  type: ColumnType
  /** session variable with what `pseudonymVariable` gives */
  keyVariable: string
  /** what the column holds: `generalise` goes by it */
  kind?: PersonalKind
  /** the year that ages are counted in when dates of birth are generalised; this year when left out */
  asOfYear?: number
}

/** The policy's SQL and the contract type of its result. */
export type PolicyExpression = { sql: string; type: ColumnType }

/**
 * DuckDB SQL that carries out a policy on one column; `undefined` for `drop`, which leaves the column out. Missing stays missing.
 *
 *   mask          letters and digits become *, so that the form stays visible: `***-**-****`
 *   pseudonymise  key id and HMAC-SHA-256 of the value's text, as `pseudonym` makes it; the key is never in the SQL
 *   generalise    age to bands of ten years with 90+, date to year (dates of birth: nobody over 89 told apart), postcode to three places
 *   keep          the column itself
 *
 * @throws POLICY_UNSUITABLE when `generalise` does not know what the column holds
 */
export function policyExpression(policy: Policy, target: PolicyTarget): PolicyExpression | undefined {
  const { column, type } = target
  switch (policy) {
    case 'drop':
      return undefined
    case 'keep':
      return { sql: column, type }
    case 'mask':
      return { sql: `regexp_replace(${textSql(target)}, '[^-@.:/ ()+,]', '*', 'g')`, type: 'string' }
    case 'pseudonymise':
      return { sql: pseudonymSql(textSql(target), target.keyVariable), type: 'string' }
    case 'generalise':
      return generalise(target)
  }
}

function generalise(target: PolicyTarget): PolicyExpression {
  const { column, type, kind, name = column } = target
  const isTime = type === 'date' || type === 'timestamp'
  if (kind === 'age' && type !== 'boolean' && !isTime) return { sql: ageBandSql(column), type: 'category' }
  if (kind === 'birth_date' && isTime) {
    const asOfYear = target.asOfYear ?? new Date().getUTCFullYear()
    return { sql: birthYearSql(column, asOfYear), type: 'integer' }
  }
  if (isTime) return { sql: yearSql(column), type: 'integer' }
  if (kind === 'postcode' && type !== 'boolean') return { sql: postcodeAreaSql(column), type: 'category' }
  throw new AssayError('POLICY_UNSUITABLE', {
    policy: 'generalise',
    column: name,
    given: `${kind ?? 'data'} of the type ${type}`,
  })
}

/**
 * The value as the text that pseudonyms are made of. Whole numbers are written without a point, whatever type they were read as: a
 * member 4711 has one pseudonym, in a file of integers and in one of doubles.
 */
function textSql({ column, type }: PolicyTarget): string {
  if (type === 'number' || type === 'integer')
    return `case when ${column} = trunc(${column}) and abs(${column}) < 1e15 then (${column})::bigint::varchar else (${column})::varchar end`
  return `(${column})::varchar`
}
