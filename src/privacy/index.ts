export { detectPersonalData, type PersonalColumn, type SampledColumn } from './detect/detect-personal-data.ts'
export { kindOfName } from './detect/by-name.ts'
export { defaultPolicy, personalKinds, type KindFacts, type PersonalKind } from './kinds.ts'
export { pseudonym, pseudonymVariable, type HmacKey } from './policies/hmac-key.ts'
export { postcodeAreaSql } from './policies/generalise-sql.ts'
export { policies, type Policy } from './policies/policy.ts'
export {
  policyExpression,
  type ColumnType,
  type PolicyExpression,
  type PolicyTarget,
} from './policies/policy-expression.ts'
export type { DataKey, DataKeys } from './keys/data-keys.ts'
export { openKeys, type Keys } from './keys/keys.ts'
export type { PseudonymKeys } from './keys/pseudonym-keys.ts'
export {
  assignRun,
  finishErasure,
  forgetSubject,
  getErasure,
  listErasures,
  openErasure,
  subjectOfErasure,
  type Erasure,
} from './erase/erasures.ts'
export type { Erased, Finding, HolderContext, PersonalDataHolder } from './erase/holder.ts'
export type { ErasureReport } from './erase/report.ts'
export { subjectOf, subjectOwner, type Subject } from './subject.ts'
