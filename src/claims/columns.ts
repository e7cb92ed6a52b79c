import * as words from './vocabulary.ts'

/** Generated claims, field by field; categories are codes into the lists of vocabulary.ts. */
export type ClaimColumns = {
  n: number
  /** number of the first claim */
  startIndex: number
  memberNumber: Uint32Array
  providerNumber: Uint32Array
  /** days since the epoch */
  serviceDay: Int32Array
  daysToSubmit: Uint16Array
  cptBucket: Uint8Array
  cptOffset: Uint8Array
  providerType: Uint8Array
  specialty: Uint8Array
  diagnosis: Uint8Array
  icdNumber: Uint16Array
  /** US dollars */
  billed: Float64Array
  /** US dollars */
  allowed: Float64Array
  units: Uint8Array
  age: Uint8Array
  gender: Uint8Array
  region: Uint8Array
  plan: Uint8Array
  authorized: Uint8Array
  inNetwork: Uint8Array
  outcome: Uint8Array
  denialReason: Uint8Array
  fraudPattern: Uint8Array
  /** true probability of denial given what is known at the decision: the limit for any model */
  denialProbability: Float64Array
}

export function emptyColumns(n: number, startIndex: number): ClaimColumns {
  const u8 = () => new Uint8Array(n)
  return {
    n,
    startIndex,
    memberNumber: new Uint32Array(n),
    providerNumber: new Uint32Array(n),
    serviceDay: new Int32Array(n),
    daysToSubmit: new Uint16Array(n),
    cptBucket: u8(),
    cptOffset: u8(),
    providerType: u8(),
    specialty: u8(),
    diagnosis: u8(),
    icdNumber: new Uint16Array(n),
    billed: new Float64Array(n),
    allowed: new Float64Array(n),
    units: u8(),
    age: u8(),
    gender: u8(),
    region: u8(),
    plan: u8(),
    authorized: u8(),
    inNetwork: u8(),
    outcome: u8(),
    denialReason: u8(),
    fraudPattern: u8(),
    denialProbability: new Float64Array(n),
  }
}

const DAY_MS = 86_400_000
const day = (days: number) => new Date(days * DAY_MS).toISOString().slice(0, 10)

/** One claim as a plain object, with the field names of the claims data set. Amounts in US dollars, age in years. */
export function claimAt(c: ClaimColumns, i: number) {
  const bucket = c.cptBucket[i]
  return {
    claim_id: `C${String(c.startIndex + i).padStart(12, '0')}`,
    member_id: `M${String(c.memberNumber[i]).padStart(7, '0')}`,
    provider_id: `P${String(c.providerNumber[i]).padStart(5, '0')}`,
    service_date: day(c.serviceDay[i]),
    submitted_at: day(c.serviceDay[i] + c.daysToSubmit[i]),
    cpt_bucket: words.cptBuckets[bucket] as string,
    cpt_code: String(words.cptBase[bucket] + c.cptOffset[i]).padStart(5, '0'),
    provider_type: words.providerTypes[c.providerType[i]] as string,
    provider_specialty: words.providerSpecialties[c.specialty[i]] as string,
    diagnosis_group: words.diagnosisGroups[c.diagnosis[i]] as string,
    icd10_code: `${words.icdLetters[c.diagnosis[i]]}${String(c.icdNumber[i]).padStart(2, '0')}`,
    billed_amount: c.billed[i],
    allowed_amount: c.allowed[i],
    units: c.units[i],
    patient_age: c.age[i],
    patient_gender: words.genders[c.gender[i]] as string,
    geographic_region: words.regions[c.region[i]] as string,
    plan_type: words.planTypes[c.plan[i]] as string,
    prior_authorization: words.yesNo[c.authorized[i]] as string,
    in_network: words.yesNo[c.inNetwork[i]] as string,
    days_to_submit: c.daysToSubmit[i],
    outcome: words.outcomes[c.outcome[i]] as string,
    denial_reason: words.denialReasons[c.denialReason[i]] as string,
    is_fraud: words.yesNo[c.fraudPattern[i] > 0 ? 1 : 0] as string,
    fraud_pattern: words.fraudPatterns[c.fraudPattern[i]] as string,
  }
}
export type Claim = ReturnType<typeof claimAt>

/** Fields known when the decision is made: what a model may see. */
export const featureNames = [
  'cpt_bucket',
  'provider_type',
  'provider_specialty',
  'diagnosis_group',
  'billed_amount',
  'allowed_amount',
  'units',
  'patient_age',
  'patient_gender',
  'geographic_region',
  'plan_type',
  'prior_authorization',
  'in_network',
  'days_to_submit',
] as const satisfies (keyof Claim)[]

/** The part of a claim that predict is asked with. */
export function claimInput(claim: Claim): Record<string, string | number> {
  return Object.fromEntries(featureNames.map((name) => [name, claim[name]]))
}
