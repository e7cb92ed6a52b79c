/** Levels of the categorical fields. Their order is the order of codes in generated columns: append only. */
export const cptBuckets = [
  'evaluation and management',
  'surgery',
  'radiology',
  'pathology/lab',
  'medicine',
  'anaesthesia',
  'emergency',
  'preventive',
  'therapy',
  'durable equipment',
] as const
export const providerTypes = ['hospital', 'physician office', 'clinic', 'urgent care', 'telehealth'] as const
export const providerSpecialties = [
  'general practice',
  'surgery',
  'radiology',
  'laboratory',
  'internal medicine',
  'anaesthesiology',
  'emergency medicine',
  'paediatrics',
  'physiotherapy',
  'medical supply',
] as const
export const diagnosisGroups = [
  'infectious',
  'neoplasms',
  'blood',
  'endocrine',
  'mental',
  'nervous',
  'eye',
  'ear',
  'circulatory',
  'respiratory',
  'digestive',
  'skin',
  'musculoskeletal',
  'genitourinary',
  'pregnancy',
  'perinatal',
  'congenital',
  'symptoms',
  'injury',
  'factors',
] as const
/** First letter of the ICD-10 codes of each diagnosis group. */
export const icdLetters = 'ACDEFGHHIJKLMNOPQRSZ'
export const genders = ['female', 'male'] as const
export const regions = ['northeast', 'midwest', 'south', 'west'] as const
export const planTypes = ['HMO', 'PPO', 'EPO', 'POS', 'HDHP'] as const
export const yesNo = ['no', 'yes'] as const
export const outcomes = ['approved', 'denied'] as const
export const denialReasons = [
  'none',
  'no prior authorization',
  'late submission',
  'coding mismatch',
  'duplicate',
  'medical necessity',
] as const
export const fraudPatterns = [
  'none',
  'upcoding',
  'unbundling',
  'phantom billing',
  'duplicate billing',
  'impossible day',
] as const

/** First CPT code of each bucket; a claim's code lies within 80 of it. */
export const cptBase = [99201, 10021, 70010, 80047, 90281, 100, 99281, 99381, 97010, 29000] as const
/** Mean of log billed amount in US dollars, by bucket. */
export const logAmount = [5.1, 7.6, 6.1, 4.3, 5.4, 6.6, 6.9, 5.0, 4.9, 5.8] as const
/** What a provider type adds to it. */
export const logAmountOfProvider = [0.55, 0, 0.1, 0.05, -0.25] as const
/** Share of claims by bucket, in percent. */
export const bucketShare = [30, 8, 11, 16, 9, 3, 7, 7, 6, 3] as const
/** Buckets that call for prior authorization. */
export const needsAuthorization = [0, 1, 1, 0, 0, 1, 0, 0, 1, 1] as const
/** Which specialty bills each bucket when the coding is right. */
export const specialtyOfBucket = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const
