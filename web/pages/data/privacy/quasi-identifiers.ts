import type { ContractColumn } from '../../../api/data-types.ts'

/** As many as the server takes at once. */
export const MAX_QUASI_IDENTIFIERS = 20

/** Kinds of personal data that describe more than one person, as the contract writes them. */
const SHARED_KINDS = new Set(['place', 'postcode', 'date', 'birth_date', 'age'])

/** What a stranger may know of a person, where the contract says nothing: the columns that singled people out in published data. */
const KNOWN_NAMES =
  /(^|_)(age|sex|gender|race|ethnicity|marital_status|zip|zip_?code|post_?code|postal_?code|plz|city|county|dob|birth|birth_?date|date_of_birth)(_|$)/

/** The columns that together may single out a person, as far as the contract and the names tell; those that the version holds. */
export function likelyQuasiIdentifiers(held: string[], columns: ContractColumn[]): string[] {
  const rules = new Map(columns.map((column) => [column.name, column]))
  return held.filter((name) => isLikely(name, rules.get(name))).slice(0, MAX_QUASI_IDENTIFIERS)
}

function isLikely(name: string, rule: ContractColumn | undefined): boolean {
  if (rule?.role === 'id' || rule?.role === 'subject' || rule?.role === 'target') return false
  if (rule?.policy === 'generalise') return true
  if (rule?.pii !== undefined) return SHARED_KINDS.has(rule.pii)
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z\d]+/g, '_')
    .toLowerCase()
  return KNOWN_NAMES.test(words)
}
