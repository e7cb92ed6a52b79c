import { describe, expect, test } from 'vitest'
import { personalKinds, type PersonalKind } from '../kinds.ts'
import { kindByName, words } from './by-name.ts'
import { isIban, isImei, isPaymentCard, isSsn, isVin, passesLuhn } from './check-digits.ts'
import { detectPersonalData } from './detect-personal-data.ts'

const many = (value: (i: number) => string | null) => Array.from({ length: 40 }, (_, i) => value(i))
const detect = (name: string, sample: (string | null)[]) => detectPersonalData([{ name, sample }])[0]

const byName: [PersonalKind, string[]][] = [
  ['name', ['first_name', 'LastName', 'patient name', 'CLAIMANT', 'name']],
  ['address', ['street_address', 'AddressLine1', 'incident_location']],
  ['place', ['incident_city', 'County']],
  ['postcode', ['insured_zip', 'ZIPCode', 'postal_code', 'PLZ']],
  ['coordinates', ['latitude', 'home_lon']],
  ['birth_date', ['dob', 'DateOfBirth', 'birth_date']],
  ['date', ['incident_date', 'admissionDate']],
  ['age', ['age', 'AgeYears']],
  ['phone', ['phone', 'mobile_phone', 'telephone_home']],
  ['fax', ['fax', 'fax_number']],
  ['email', ['email', 'E-Mail', 'contact_email']],
  ['ssn', ['ssn', 'SocialSecurityNumber']],
  ['medical_record', ['mrn', 'patient_id', 'MedicalRecordNumber']],
  ['health_plan', ['member_id', 'mbi', 'subscriberNumber']],
  ['account', ['policy_number', 'PolicyNumber', 'account_no']],
  ['iban', ['iban']],
  ['payment_card', ['credit_card', 'cardNumber']],
  ['licence', ['drivers_license', 'licence_number', 'npi']],
  ['vehicle', ['vin', 'number_plate', 'license_plate']],
  ['device', ['imei', 'serial_number', 'device_id']],
  ['url', ['homepage', 'profile_url']],
  ['ip', ['ip_address', 'client_ip']],
  ['biometric', ['fingerprint', 'face_embedding']],
  ['photo', ['photo', 'face_image']],
  ['unique_id', ['claim_id', 'CASENUM_ID', 'customer_number', 'CaseNum']],
]

const VINS = ['1HGCM82633A004352', '1M8GDM9AXKP042788', '11111111111111111', '5GZCZ43D13S812715']
const IBANS = ['DE89 3704 0044 0532 0130 00', 'GB82WEST12345698765432', 'FR1420041010050500013M02606']
const CARDS = ['4111 1111 1111 1111', '5500-0000-0000-0004', '340000000000009']
const pick = (list: string[]) => (i: number) => list[i % list.length]

const byContent: [PersonalKind, (i: number) => string][] = [
  ['email', (i) => `person${i}@example.com`],
  ['url', (i) => `https://example.com/people/${i}`],
  ['photo', (i) => `scans/face-${i}.jpg`],
  ['ssn', (i) => `078-05-11${10 + i}`],
  ['iban', pick(IBANS)],
  ['payment_card', pick(CARDS)],
  ['vehicle', pick(VINS)],
  ['device', (i) => `00:1b:44:11:3a:${(16 + i).toString(16)}`],
  ['unique_id', (i) => `3f2504e0-4f89-41d3-9a0c-0305e82c33${10 + i}`],
  ['health_plan', (i) => `1EG4-TE5-MK${10 + i}`],
  ['ip', (i) => `192.168.7.${i}`],
  ['date', (i) => `${1 + (i % 12)}/${1 + (i % 28)}/2015`],
  ['phone', (i) => `(555) 123-45${10 + i}`],
  ['coordinates', (i) => `52.52${100 + i}, 13.40${500 + i}`],
  ['postcode', (i) => `90210-12${10 + i}`],
  ['address', (i) => `${100 + i} Main Street`],
  ['name', (i) => `${pick(['Ada', 'Grace', 'John', 'Maria'])(i)} Miller${String.fromCharCode(97 + (i % 26))}`],
]

describe('a column is personal data', () => {
  test.each(byName.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)))(
    'by the name %s: %s',
    (name, kind) => {
      expect(kindByName(name)?.kind).toBe(kind)
    },
  )

  test.each(byContent)('by the content: %s', (kind, value) => {
    expect(detect('column_7', many(value))).toMatchObject({ column: 'column_7', kind, by: 'content' })
  })

  test('every kind is told by its name, and the kinds with a form by their values', () => {
    expect(new Set(byName.map(([kind]) => kind))).toEqual(new Set(Object.keys(personalKinds)))
  })

  test('the kinds cover all 18 letters of the safe harbour', () => {
    expect([...new Set(Object.values(personalKinds).map(({ letter }) => letter))].sort().join('')).toBe(
      'ABCDEFGHIJKLMNOPQR',
    )
  })

  test('name and content together are surer than either', () => {
    const both = detect(
      'email',
      many((i) => `p${i}@example.com`),
    )
    expect(both).toMatchObject({ kind: 'email', by: 'both' })
    expect(both.confidence).toBeGreaterThanOrEqual(0.99)
  })

  test('the name tells a date of birth from other dates, the check digits an IBAN from other accounts', () => {
    expect(
      detect(
        'dob',
        many((i) => `19${50 + i}-02-03`),
      ),
    ).toMatchObject({ kind: 'birth_date', by: 'both' })
    expect(detect('account', many(pick(IBANS)))).toMatchObject({ kind: 'iban', by: 'both' })
  })

  test('when values contradict the name, the values count', () => {
    expect(
      detect(
        'first_name',
        many((i) => `p${i}@example.com`),
      ),
    ).toMatchObject({ kind: 'email', by: 'content' })
  })

  test('missing values and blanks are not looked at', () => {
    expect(
      detect(
        'x',
        many((i) => (i % 2 ? null : `  p${i}@example.com `)),
      ),
    ).toMatchObject({ kind: 'email', confidence: 0.98 })
    expect(detect('x', [null, ' '])).toBeUndefined()
  })

  test('ages count only with one over 89', () => {
    expect(
      detect(
        'age',
        many((i) => String(20 + i)),
      ),
    ).toBeUndefined()
    expect(
      detect(
        'age',
        many((i) => String(60 + i)),
      ),
    ).toMatchObject({ kind: 'age', by: 'both' })
  })

  test.each([
    ['telephone', pick(['yes', 'none'])],
    ['provider_type', pick(['clinic', 'hospital'])],
    ['AddressChange_Claim', pick(['no change', '1 year'])],
    ['PolicyType', pick(['Sedan - All Perils', 'Sport - Collision'])],
    ['number_of_vehicles_involved', (i: number) => String(i % 4)],
    ['DriverRating', (i: number) => String(1 + (i % 4))],
    ['police_report_available', pick(['YES', 'NO', '?'])],
    ['native-country', pick(['Jordan', 'Georgia'])],
    ['amount', (i: number) => String(i * 1_000_003)],
    ['policy_csl', pick(['250/500', '100/300'])],
    ['image_count', (i: number) => String(i)],
  ])('%s is none', (name, value) => {
    expect(detect(name, many(value))).toBeUndefined()
  })
})

describe('check digits', () => {
  test.each(VINS)('VIN %s', (vin) => {
    expect(isVin(vin)).toBe(true)
    const last = vin.at(-1) === '9' ? '8' : '9'
    expect(isVin(vin.slice(0, -1) + last)).toBe(false)
  })

  test('a VIN has neither I, O nor Q', () => expect(isVin('1HGCM8263IA004352')).toBe(false))

  test.each(IBANS)('IBAN %s', (iban) => {
    expect(isIban(iban)).toBe(true)
    expect(isIban(iban.replace(/.(?=\d$)|.$/, (c) => (c === '1' ? '2' : '1')))).toBe(false)
  })

  test.each(CARDS)('card %s', (card) => {
    expect(isPaymentCard(card)).toBe(true)
    expect(isPaymentCard(card.slice(0, -1) + ((Number(card.at(-1)) + 1) % 10))).toBe(false)
  })

  test('of a single wrong digit Luhn notices every one', () => {
    const good = '79927398713'
    expect(passesLuhn(good)).toBe(true)
    for (let at = 0; at < good.length; at++)
      for (let digit = 0; digit < 10; digit++) {
        const text = good.slice(0, at) + digit + good.slice(at + 1)
        expect(passesLuhn(text)).toBe(text === good)
      }
  })

  test('IMEI and social security number', () => {
    expect([isImei('49-015420-323751-8'), isImei('490154203237517')]).toEqual([true, false])
    expect(['078-05-1120', '000-12-3456', '666-12-3456', '900-12-3456', '078-00-1120'].map(isSsn)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })
})

test.each([
  ['PolicyNumber', 'policy_number'],
  ['E-Mail', 'e_mail'],
  ['IPAddress', 'ip_address'],
  [' Straße Nr. ', 'straße_nr'],
])('the words of %s are %s', (name, expected) => expect(words(name)).toBe(expected))
