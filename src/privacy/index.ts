export { detectPersonalData, type PersonalColumn, type SampledColumn } from './detect/detect-personal-data.ts'
export { defaultPolicy, personalKinds, type KindFacts, type PersonalKind } from './kinds.ts'
export { pseudonym, pseudonymVariable, type HmacKey } from './policies/hmac-key.ts'
export { policies, type Policy } from './policies/policy.ts'
export {
  policyExpression,
  type ColumnType,
  type PolicyExpression,
  type PolicyTarget,
} from './policies/policy-expression.ts'
