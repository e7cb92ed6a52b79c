import type { PersonalKind } from '../kinds.ts'

type NameRule = { kind: PersonalKind; pattern: RegExp; confidence: number }

const PERSON =
  'patient|member|insured|insurant|policy_?holder|customer|client|claimant|person|subject|driver|employee|user'
const NUMBER = '(number|numbers|num|no|nr|id|ids|code|key)'

const rule = (kind: PersonalKind, pattern: string, confidence = 0.7): NameRule => ({
  kind,
  pattern: new RegExp(`(^|_)(${pattern})(_|$)`),
  confidence,
})

/** The first rule that fits a name counts: the narrower ones come first. Names are taken as `words` writes them. */
const nameRules: NameRule[] = [
  rule('email', 'e_?mail|e_?mail_address|mail_address', 0.9),
  rule('fax', `fax|fax_${NUMBER}|telefax`, 0.9),
  rule('phone', 'phone|telephone|mobile|cell_?phone|phone_number|tel|msisdn', 0.8),
  rule('ssn', 'ssn|social_security|social_security_number|socsec|tin|taxpayer_id|national_insurance', 0.9),
  rule('medical_record', `mrn|medical_record|medical_record_${NUMBER}|patient_${NUMBER}|chart_${NUMBER}`, 0.9),
  rule(
    'health_plan',
    `mbi|hicn|medicare_${NUMBER}|medicaid_${NUMBER}|beneficiary_${NUMBER}|bene_id|member_${NUMBER}|subscriber_${NUMBER}|health_plan_${NUMBER}`,
    0.9,
  ),
  rule('iban', 'iban|bic', 0.9),
  rule('payment_card', `credit_?card|card_${NUMBER}|pan|debit_?card`, 0.7),
  rule(
    'account',
    `account|account_${NUMBER}|acct|acct_${NUMBER}|policy_${NUMBER}|policynumber|bank_account|contract_${NUMBER}`,
    0.8,
  ),
  rule(
    'vehicle',
    `vin|vehicle_id|vehicle_identification|vehicle_identification_number|chassis_${NUMBER}|plate|licen[cs]e_plate|number_plate|registration_${NUMBER}|serial_plate`,
    0.8,
  ),
  rule(
    'licence',
    `licen[cs]e|licen[cs]e_${NUMBER}|certificate_${NUMBER}|passport|passport_${NUMBER}|npi|dea_${NUMBER}`,
    0.7,
  ),
  rule('device', `imei|imsi|mac|mac_address|device_${NUMBER}|serial|serial_${NUMBER}|udi|android_id|idfa`, 0.7),
  rule('ip', 'ip|ip_address|ip_?addr|ipv4|ipv6|remote_addr|client_ip', 0.8),
  rule('url', 'url|uri|web_?site|home_?page|web_address|link', 0.7),
  rule('photo', 'photo|photograph|image|picture|portrait|selfie|face_image', 0.7),
  rule(
    'biometric',
    'biometric|biometrics|finger_?print|voice_?print|retina|iris_scan|iris_code|face_?embedding|face_?id|dna',
    0.9,
  ),
  rule('coordinates', 'latitude|longitude|lat|lon|lng|geo_?point|geolocation|gps|coordinates', 0.8),
  rule('postcode', 'zip|zip_?code|postal|postal_?code|post_?code|plz|zip3|zip5', 0.9),
  rule(
    'address',
    'street|street_address|address|address_line|addr|home_address|mailing_address|residence_address|location',
    0.7,
  ),
  rule('place', 'city|town|village|county|municipality|district|borough|suburb|parish|precinct', 0.8),
  rule('birth_date', 'dob|birth|birthday|birth_?date|date_of_birth|born', 0.9),
  rule('age', 'age|ages|age_years|years_old', 0.7),
  rule(
    'name',
    'first_?name|last_?name|full_?name|sur_?name|given_?name|family_?name|maiden_?name|middle_?name|forename|initials',
    0.9,
  ),
  rule('name', `name|(${PERSON})_name`, 0.6),
  { kind: 'name', pattern: new RegExp(`^(${PERSON})$`), confidence: 0.6 },
  rule(
    'unique_id',
    `(${PERSON})_${NUMBER}|claim_${NUMBER}|case_${NUMBER}|casenum|claimnum|record_${NUMBER}|uuid|guid|encounter_${NUMBER}`,
    0.7,
  ),
  rule('date', 'date|datetime|timestamp|date_time|day_of_death|dod', 0.7),
]

/** `PolicyNumber`, `policy-number` and `POLICY_NUMBER` are the words `policy_number`. */
export function words(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
}

/** Words that turn a name's meaning: not the thing itself but a change, a kind, a number of it. */
const TURNS =
  /(^|_)(change|changed|changes|type|kind|status|flag|count|is|has|n|days|months|years_since|category|group|class|length|supplied|reported|verified|available|price|amount|version)(_|$)/

/** What a column's name says it holds, with a confidence; `undefined` when it says nothing of persons. */
export function kindByName(name: string): { kind: PersonalKind; confidence: number } | undefined {
  const spelled = words(name)
  const found = nameRules.find(({ pattern }) => pattern.test(spelled))
  if (!found || TURNS.test(spelled)) return undefined
  return { kind: found.kind, confidence: found.confidence }
}

/** The kind of personal data that a column's name alone speaks of. */
export const kindOfName = (name: string): PersonalKind | undefined => kindByName(name)?.kind
