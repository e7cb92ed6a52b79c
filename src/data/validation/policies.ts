import { AssayError } from '../../errors/index.ts'
import { policyExpression, pseudonymVariable, type HmacKey, type PersonalKind } from '../../privacy/index.ts'
import type { Contract } from '../contract/contract.ts'
import { identifier } from '../sql/literal.ts'
import type { BoundColumn } from './checks.ts'

export type PrivacyKey = HmacKey

const KEY_VARIABLE = 'assay_pseudonym_key'

/** The session variables that the policies of a contract need. @throws PRIVACY_KEY_MISSING */
export function policyKeyVariables(contract: Contract, key: PrivacyKey | undefined): Record<string, string> {
  const column = contract.columns.find(({ policy }) => policy === 'pseudonymise')
  if (!column) return {}
  if (!key) throw new AssayError('PRIVACY_KEY_MISSING', { column: column.name })
  return { [KEY_VARIABLE]: pseudonymVariable(key) }
}

/** The projection of the valid rows: typed by the contract, with what its policies make of personal data. @throws POLICY_UNSUITABLE */
export function validColumns(columns: BoundColumn[], asOf: Date): string[] {
  return columns.flatMap(({ rule }) => {
    const { name, type, policy = 'keep', pii } = rule
    const column = identifier(name)
    const expression = policyExpression(policy, {
      column,
      name,
      type,
      keyVariable: KEY_VARIABLE,
      kind: pii as PersonalKind | undefined,
      asOfYear: asOf.getUTCFullYear(),
    })
    return expression ? [`${expression.sql} as ${column}`] : []
  })
}
