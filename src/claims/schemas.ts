import { Type } from 'typebox'

const text = Type.String()
const dollars = Type.Number({ description: 'US dollars' })

export const ClaimSchema = Type.Object({
  claim_id: text,
  member_id: text,
  provider_id: text,
  service_date: text,
  submitted_at: text,
  cpt_bucket: text,
  cpt_code: text,
  provider_type: text,
  provider_specialty: text,
  diagnosis_group: text,
  icd10_code: text,
  billed_amount: dollars,
  allowed_amount: dollars,
  units: Type.Integer(),
  patient_age: Type.Integer({ description: 'years' }),
  patient_gender: text,
  geographic_region: text,
  plan_type: text,
  prior_authorization: text,
  in_network: text,
  days_to_submit: Type.Integer({ description: 'days from service to submission' }),
  outcome: text,
  denial_reason: text,
  is_fraud: text,
  fraud_pattern: text,
})
