import net from 'node:net'
import type { PersonalKind } from '../kinds.ts'
import { isIban, isImei, isPaymentCard, isSsn, isVin } from './check-digits.ts'
import { givenNames } from './given-names.ts'

type ContentRule = {
  kind: PersonalKind
  test: (text: string) => boolean
  /** confidence when every value fits; what carries a check digit is surer than a mere form */
  confidence: number
  /** the share of values that has to fit */
  atLeast: number
}

const STREET =
  'street|st|avenue|ave|road|rd|drive|dr|lane|ln|court|ct|boulevard|blvd|highway|hwy|way|place|pl|ridge|parkway|pkwy|terrace|circle|square|trail'
const streetFirst = new RegExp(`^\\d{1,6}[a-z]? .*\\b(${STREET})\\b\\.?`, 'i')
const numberLast = /^\p{L}[\p{L} .-]*(straße|strasse|str\.|weg|platz|gasse|allee|laan|straat) \d{1,5} ?[a-z]?$/iu

const isEmail = (text: string) => /^[^@\s]+@[^@\s]+\.[\p{L}]{2,}$/u.test(text)
const isUrl = (text: string) => /^(https?|ftp):\/\/\S+$/i.test(text) || /^www\.\S+\.\S+$/i.test(text)
const isPhone = (text: string) =>
  /^(\+?\d{1,3}[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}( ?(x|ext\.?) ?\d{1,6})?$/i.test(text) ||
  /^\+\d{1,3}[ .-]?\(?\d{1,5}\)?([ .-]?\d{2,5}){2,4}$/.test(text)
const isIp = (text: string) => net.isIP(text.replace(/\/\d{1,3}$/, '')) !== 0 && /[.:]/.test(text)
const isMac = (text: string) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text)
const isImage = (text: string) =>
  /^data:image\//i.test(text) || /^[^\n]{1,300}\.(jpe?g|png|heic|gif|tiff?|bmp|dcm)$/i.test(text)
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
/** Medicare's beneficiary identifier, 11 places in a fixed order of digits and letters. Source: CMS, MBI format. */
const isMbi = (text: string) =>
  /^[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}$/i.test(
    text,
  )
const isZipPlus4 = (text: string) => /^\d{5}-\d{4}$/.test(text)
const isDate = (text: string) =>
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([T ]\d{1,2}:\d{2}.*)?$/.test(text) ||
  /^\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})( \d{1,2}:\d{2}.*)?$/.test(text) ||
  /^\d{1,2}[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ -]\d{2,4}$/i.test(text) ||
  /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2},? \d{4}$/i.test(text)
const isCoordinates = (text: string) => /^-?\d{1,2}\.\d{3,}\s*[,; ]\s*-?\d{1,3}\.\d{3,}$/.test(text)

function isPersonName(text: string): boolean {
  const parts = text.split(/[\s,]+/)
  if (parts.length < 1 || parts.length > 4 || !parts.every((part) => /^\p{Lu}[\p{L}.'’-]*$/u.test(part))) return false
  return parts.some((part) => givenNames.has(part.toLowerCase()))
}

/** Ordered: the first rule that fits enough of the values counts. */
const contentRules: ContentRule[] = [
  { kind: 'email', test: isEmail, confidence: 0.98, atLeast: 0.5 },
  { kind: 'url', test: isUrl, confidence: 0.95, atLeast: 0.5 },
  { kind: 'photo', test: isImage, confidence: 0.8, atLeast: 0.5 },
  { kind: 'ssn', test: isSsn, confidence: 0.95, atLeast: 0.5 },
  { kind: 'iban', test: isIban, confidence: 0.99, atLeast: 0.5 },
  { kind: 'vehicle', test: isVin, confidence: 0.99, atLeast: 0.5 },
  { kind: 'device', test: isMac, confidence: 0.95, atLeast: 0.5 },
  { kind: 'unique_id', test: isUuid, confidence: 0.9, atLeast: 0.5 },
  { kind: 'health_plan', test: isMbi, confidence: 0.9, atLeast: 0.5 },
  { kind: 'device', test: isImei, confidence: 0.85, atLeast: 0.9 },
  { kind: 'payment_card', test: isPaymentCard, confidence: 0.95, atLeast: 0.5 },
  { kind: 'ip', test: isIp, confidence: 0.95, atLeast: 0.5 },
  { kind: 'date', test: isDate, confidence: 0.9, atLeast: 0.9 },
  { kind: 'phone', test: isPhone, confidence: 0.9, atLeast: 0.5 },
  { kind: 'coordinates', test: isCoordinates, confidence: 0.8, atLeast: 0.9 },
  { kind: 'postcode', test: isZipPlus4, confidence: 0.8, atLeast: 0.5 },
  { kind: 'address', test: (text) => streetFirst.test(text) || numberLast.test(text), confidence: 0.9, atLeast: 0.5 },
  { kind: 'name', test: isPersonName, confidence: 0.9, atLeast: 0.25 },
]

/** What a column's values look like: the kind and how sure, from the share of values that fit. */
export function kindByContent(values: readonly string[]): { kind: PersonalKind; confidence: number } | undefined {
  if (values.length === 0) return undefined
  for (const { kind, test, confidence, atLeast } of contentRules) {
    const share = values.filter(test).length / values.length
    if (share >= atLeast) return { kind, confidence: kind === 'name' ? confidence : confidence * (0.5 + share / 2) }
  }
  return undefined
}
