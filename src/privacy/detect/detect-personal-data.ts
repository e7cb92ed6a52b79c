import type { PersonalKind } from '../kinds.ts'
import { kindByContent } from './by-content.ts'
import { kindByName } from './by-name.ts'

/** A column as the detector sees it: values as texts, numbers and dates as written, null for missing. */
export type SampledColumn = { name: string; sample: readonly (string | null)[] }

export type PersonalColumn = {
  column: string
  kind: PersonalKind
  /** 0..1 */
  confidence: number
  by: 'name' | 'content' | 'both'
}

/** With fewer values than this their number of distinct ones proves nothing. */
const MIN_VALUES_TO_JUDGE = 20
/** Up to so many distinct values are a category, which names nobody. */
const MAX_CATEGORY_LEVELS = 6
const AGE_LIMIT = 89

/** Kinds that hold of many persons at once: few distinct values do not speak against them. */
const SHARED: ReadonlySet<PersonalKind> = new Set(['place', 'postcode', 'date', 'birth_date', 'age'])
/** Kinds whose values are mostly distinct by nature: a column that repeats itself much is something else. */
const SINGLE: ReadonlySet<PersonalKind> = new Set(['unique_id', 'account', 'medical_record', 'health_plan'])

/**
 * The columns that look as if they held one of the identifiers of HIPAA's safe harbour, by their names, by their values or by both:
 * at most one kind a column, in the order given. A thousand values a column are enough, and as many as matter: cost grows with them.
 * A name alone is doubted where the values speak against it: the `telephone` of yes and no, the `id` of three groups. Ages are told
 * only where some are over 89. Nothing found is no proof of absence: free text is not searched for names within.
 */
export function detectPersonalData(columns: readonly SampledColumn[]): PersonalColumn[] {
  return columns.flatMap(({ name, sample }) => {
    const values = sample.filter((value) => value !== null && value.trim() !== '').map((value) => value!.trim())
    const found = judge(kindByName(name), kindByContent(values), values)
    return found ? [{ column: name, ...found }] : []
  })
}

type Hint = { kind: PersonalKind; confidence: number } | undefined

function judge(byName: Hint, byContent: Hint, values: readonly string[]): Omit<PersonalColumn, 'column'> | undefined {
  // A form with a fixed shape stays what it is, however often it repeats; capitalised words may be a category.
  const content = byContent?.kind === 'name' && isRefuted('name', values) ? undefined : byContent
  const isConfirmed = byName && content && isSame(byName.kind, content.kind)
  const named = byName && (isConfirmed || !isRefuted(byName.kind, values)) ? byName : undefined
  if (named?.kind === 'age') return { kind: 'age', confidence: 0.95, by: 'both' }
  if (named && content) {
    if (!isSame(named.kind, content.kind)) return { ...content, confidence: round(content.confidence), by: 'content' }
    const confidence = 1 - (1 - named.confidence) * (1 - content.confidence)
    return { kind: narrower(named.kind, content.kind), confidence: round(confidence), by: 'both' }
  }
  if (content) return { kind: content.kind, confidence: round(content.confidence), by: 'content' }
  return named && { kind: named.kind, confidence: named.confidence, by: 'name' }
}

/** Do the values speak against what was concluded? */
function isRefuted(kind: PersonalKind, values: readonly string[]): boolean {
  if (kind === 'age') return !values.some((value) => Number(value) > AGE_LIMIT && Number(value) < 130)
  if (values.length < MIN_VALUES_TO_JUDGE) return false
  const nDistinct = new Set(values).size
  if (kind === 'place') return values.every((value) => /^[\d.,-]+$/.test(value))
  if (kind === 'date' || kind === 'birth_date') return kindByContent(values)?.kind !== 'date' && !areYears(values)
  if (SHARED.has(kind)) return nDistinct <= 2
  if (SINGLE.has(kind)) return nDistinct <= MAX_CATEGORY_LEVELS || nDistinct < values.length / 20
  return nDistinct <= MAX_CATEGORY_LEVELS
}

const areYears = (values: readonly string[]) => values.every((value) => /^(19|20)\d{2}$/.test(value))

/** Dates of birth are dates; a fax number looks like a telephone number. */
const FORMS: Partial<Record<PersonalKind, PersonalKind[]>> = {
  birth_date: ['date'],
  fax: ['phone'],
  account: ['iban', 'payment_card'],
  place: ['address'],
  vehicle: ['licence'],
}
const isSame = (named: PersonalKind, content: PersonalKind) =>
  named === content || FORMS[named]?.includes(content) === true
/** The name knows dates of birth from other dates; the check digits know an IBAN from other accounts. */
const narrower = (named: PersonalKind, content: PersonalKind) =>
  named === 'account' || named === 'place' ? content : named

const round = (confidence: number) => Math.round(confidence * 100) / 100
