import type { Policy } from './policies/policy.ts'

/** A letter of the list in 45 CFR 164.514(b)(2)(i): the identifiers that HIPAA's safe harbour wants removed. */
export type SafeHarbourLetter =
  'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'R'

export type KindFacts = {
  /** in words, after "looks like" */
  title: string
  /** which identifier of the safe-harbour list it is */
  letter: SafeHarbourLetter
  /** what Assay proposes for a column of this kind, and why */
  policy: Policy
  reason: string
  /** what the safe harbour wants where it differs from the proposal */
  safeHarbour: Policy
}

const DIRECT = 'it names one person and says nothing about a claim that a model may use'
const QUASI = 'it describes more than one person; generalise it where the data leaves the company or HIPAA applies'

const direct = (letter: SafeHarbourLetter, title: string): KindFacts => ({
  title,
  letter,
  policy: 'drop',
  reason: DIRECT,
  safeHarbour: 'drop',
})
const quasi = (letter: SafeHarbourLetter, title: string, safeHarbour: Policy): KindFacts => ({
  title,
  letter,
  policy: 'keep',
  reason: QUASI,
  safeHarbour,
})

/** The kinds of personal data that columns are told apart by: the 18 safe-harbour identifiers, some of them in parts. */
export const personalKinds = {
  name: direct('A', 'names'),
  address: direct('B', 'street addresses'),
  place: quasi('B', 'places smaller than a state', 'drop'),
  postcode: quasi('B', 'postcodes', 'generalise'),
  coordinates: direct('B', 'coordinates'),
  date: quasi('C', 'dates', 'generalise'),
  birth_date: {
    title: 'dates of birth',
    letter: 'C',
    policy: 'generalise',
    reason: 'with sex and postcode it singles out most people; the year tells a model as much',
    safeHarbour: 'generalise',
  },
  age: quasi('C', 'ages, some of them over 89', 'generalise'),
  phone: direct('D', 'telephone numbers'),
  fax: direct('E', 'fax numbers'),
  email: direct('F', 'e-mail addresses'),
  ssn: direct('G', 'social security numbers'),
  medical_record: direct('H', 'medical record numbers'),
  health_plan: direct('I', 'health plan beneficiary numbers'),
  account: direct('J', 'account or policy numbers'),
  iban: direct('J', 'bank accounts (IBAN)'),
  payment_card: direct('J', 'payment card numbers'),
  licence: direct('K', 'certificate or licence numbers'),
  vehicle: direct('L', 'vehicle identifiers or plates'),
  device: direct('M', 'device identifiers'),
  url: direct('N', 'web addresses'),
  ip: direct('O', 'IP addresses'),
  biometric: direct('P', 'biometric identifiers'),
  photo: direct('Q', 'photographs'),
  unique_id: {
    title: 'numbers or codes of single persons or cases',
    letter: 'R',
    policy: 'pseudonymise',
    reason: 'rows stay joinable and nobody is named; a model has no use for it',
    safeHarbour: 'drop',
  },
} as const satisfies Record<string, KindFacts>

/** One of the kinds of `personalKinds`. */
export type PersonalKind = keyof typeof personalKinds

/**
 * The policy that Assay proposes for a column, with the reason in words. The column of the role `subject` is pseudonymised whatever
 * it holds: rows of one person stay together, and erasure finds them.
 */
export function defaultPolicy(kind: PersonalKind, role?: string): { policy: Policy; reason: string } {
  if (role === 'subject')
    return { policy: 'pseudonymise', reason: 'rows of one person stay together, and erasure finds them' }
  const { policy, reason } = personalKinds[kind]
  return { policy, reason }
}
