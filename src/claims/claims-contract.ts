import type { Contract, ContractColumn } from '../data/index.ts'
import * as words from './vocabulary.ts'

const category = (name: string, values: readonly string[], more: Partial<ContractColumn> = {}): ContractColumn => ({
  name,
  type: 'category',
  nullable: false,
  values: [...values],
  role: 'feature',
  decisionTime: true,
  ...more,
})
const number = (name: string, unit: string, [min, max]: [number, number]): ContractColumn => ({
  name,
  type: unit === 'USD' ? 'number' : 'integer',
  nullable: false,
  min,
  max,
  role: 'feature',
  decisionTime: true,
  unit,
})

/** The shipped contract of the synthetic claims. What only the decision brings about is ignored by models. */
export const claimsContract: Contract = {
  dataset: 'claims',
  version: 1,
  columns: [
    { name: 'claim_id', type: 'string', nullable: false, unique: true, pattern: '^C\\d{12,}$', role: 'id' },
    { name: 'member_id', type: 'string', nullable: false, pattern: '^M\\d{7}$', role: 'subject' },
    { name: 'provider_id', type: 'string', nullable: false, pattern: '^P\\d{5}$', role: 'ignore' },
    { name: 'service_date', type: 'date', nullable: false, role: 'time' },
    { name: 'submitted_at', type: 'date', nullable: false, role: 'ignore' },
    category('cpt_bucket', words.cptBuckets, { description: 'group of the procedure code' }),
    { name: 'cpt_code', type: 'string', nullable: false, pattern: '^\\d{5}$', role: 'ignore' },
    category('provider_type', words.providerTypes),
    category('provider_specialty', words.providerSpecialties),
    category('diagnosis_group', words.diagnosisGroups, { description: 'by ICD-10 chapter' }),
    { name: 'icd10_code', type: 'string', nullable: false, pattern: '^[A-Z]\\d{2}$', role: 'ignore' },
    number('billed_amount', 'USD', [0, 1_000_000]),
    { ...number('allowed_amount', 'USD', [0, 1_000_000]), description: 'priced before the decision' },
    number('units', 'units', [1, 100]),
    number('patient_age', 'years', [0, 120]),
    category('patient_gender', words.genders, { protected: true }),
    category('geographic_region', words.regions),
    category('plan_type', words.planTypes),
    category('prior_authorization', words.yesNo),
    category('in_network', words.yesNo),
    number('days_to_submit', 'days', [0, 365]),
    category('outcome', words.outcomes, { role: 'target', positive: 'denied', decisionTime: false }),
    category('denial_reason', words.denialReasons, { role: 'ignore', decisionTime: false }),
    category('is_fraud', words.yesNo, { role: 'ignore', decisionTime: false }),
    category('fraud_pattern', words.fraudPatterns, { role: 'ignore', decisionTime: false }),
  ],
  rules: [{ name: 'allowed is at most billed', sql: 'allowed_amount <= billed_amount' }],
}
