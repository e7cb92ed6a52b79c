/** Luhn's check over a text of digits. Source: ISO/IEC 7812-1, annex B. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return digits.length > 0 && sum % 10 === 0
}

/** A payment card number, with or without blanks or hyphens: 13 to 19 digits of a known network that pass Luhn's check. */
export function isPaymentCard(text: string): boolean {
  if (!/^\d[\d -]{11,22}\d$/.test(text)) return false
  const digits = text.replace(/[ -]/g, '')
  if (digits.length < 13 || digits.length > 19) return false
  return /^(4|5[1-5]|2[2-7]|3[47]|3[0689]|35|6)/.test(digits) && passesLuhn(digits)
}

/** An international bank account number whose remainder is right. Source: ISO 13616-1. */
export function isIban(text: string): boolean {
  const compact = text.replace(/ /g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false
  let remainder = 0
  for (const symbol of compact.slice(4) + compact.slice(0, 4)) {
    const value = /\d/.test(symbol) ? symbol : String(symbol.charCodeAt(0) - 55)
    for (const digit of value) remainder = (remainder * 10 + Number(digit)) % 97
  }
  return remainder === 1
}

const VIN_VALUES: Record<string, number> = Object.fromEntries([
  ...[...'0123456789'].map((symbol) => [symbol, Number(symbol)]),
  ...[...'ABCDEFGH'].map((symbol, i) => [symbol, i + 1]),
  ...[...'JKLMN'].map((symbol, i) => [symbol, i + 1]),
  ['P', 7],
  ['R', 9],
  ...[...'STUVWXYZ'].map((symbol, i) => [symbol, i + 2]),
])
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

/** A vehicle identification number whose ninth symbol checks the others. Source: 49 CFR 565.15(c), table IV and V. */
export function isVin(text: string): boolean {
  const vin = text.toUpperCase()
  if (!/^[A-HJ-NPR-Z0-9]{17}$/.test(vin)) return false
  const sum = VIN_WEIGHTS.reduce((total, weight, i) => total + weight * VIN_VALUES[vin[i]], 0)
  const check = sum % 11
  return vin[8] === (check === 10 ? 'X' : String(check))
}

/** An IMEI: 15 digits that pass Luhn's check, hyphens allowed. Source: 3GPP TS 23.003, annex B. */
export function isImei(text: string): boolean {
  const digits = text.replace(/[ -]/g, '')
  return /^\d{15}$/.test(digits) && passesLuhn(digits)
}

/** A US social security number that was ever issued: no area 000, 666 or 9xx, no group 00, no serial 0000. */
export function isSsn(text: string): boolean {
  const match = /^(\d{3})-(\d{2})-(\d{4})$/.exec(text)
  if (!match) return false
  const [, area, group, serial] = match
  return area !== '000' && area !== '666' && area[0] !== '9' && group !== '00' && serial !== '0000'
}
