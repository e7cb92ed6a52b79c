import type { ContractColumn } from '../contract/contract.ts'
import { dateSql, numberSql, timestampSql } from '../contract/value-formats.ts'
import type { Landed } from '../landed.ts'
import { identifier, parquet } from '../sql/literal.ts'
import type { Session } from '../sql/session.ts'
import type { DatasetWarning } from '../warnings.ts'
import { guessDateFormat, type GuessedDateFormat } from './date-format.ts'
import { presentOf, type ColumnFacts } from './facts.ts'
import { guessNumberFormat, looksLikeThousands, type GuessedNumberFormat } from './number-format.ts'

/** Texts of which so many read as one type are of that type; the rest will be in quarantine. */
const ENOUGH = 0.95
/** From here on a column of texts is told to be mixed. */
const MIXED = 0.5
/** Few values prove little. */
const FEW_VALUES = 30
const MAX_CATEGORY_SHARE = 0.5
const MAX_CATEGORIES = 10_000
const MAX_LISTED_VALUES = 200

export type InferredType = Pick<ContractColumn, 'type' | 'confidence' | 'format' | 'min' | 'values'>
type Warn = (code: string, message: string) => void

/** The type of a column, with how sure that is, from what its values can be read as. */
export async function inferType(
  session: Session,
  { facts, landed, warnings }: { facts: ColumnFacts; landed: Landed; warnings: DatasetWarning[] },
): Promise<InferredType> {
  const warn: Warn = (code, message) => warnings.push({ code, column: facts.name, message })
  if (facts.landed !== 'text') return typeOfLanded(facts)
  if (facts.nPresent === 0) return { type: 'string', confidence: 0 }
  const { nPresent } = facts
  if (facts.nBooleans === nPresent) return { type: 'boolean', confidence: sure(facts, 1) }
  // Codes of digits are no numbers: 007 is not 7.
  if (facts.nLeadingZero > 0 || facts.nLong > 0 || CODE_NAME.test(facts.name)) {
    if (facts.nNumbers >= nPresent * ENOUGH) return textType(facts, 0.9)
  }
  if (facts.nNumbers >= nPresent * ENOUGH) {
    if (looksLikeThousands(facts.top))
      warn(
        'NUMBER_FORMAT',
        `${facts.name} is read with a decimal point (1.234 is little more than 1); it looks as if the point stood for thousands. If so, say format: 1.234,56.`,
      )
    tellMixed(facts, facts.nNumbers, { warn, kind: 'numbers' })
    return numberType(facts, { nRead: facts.nNumbers, nWhole: facts.nWhole })
  }
  if (facts.nDates >= nPresent * ENOUGH) {
    const isTimed = facts.nTimes * 2 > facts.nDates
    tellMixed(facts, facts.nDates, { warn, kind: 'dates' })
    return { type: isTimed ? 'timestamp' : 'date', confidence: sure(facts, facts.nDates / nPresent) }
  }
  const written = await inferWritten(session, { facts, landed, warn })
  if (written) return written
  if (facts.nNumbers > nPresent * MIXED) tellMixed(facts, facts.nNumbers, { warn, kind: 'numbers', isKept: true })
  if (facts.nDates > nPresent * MIXED) tellMixed(facts, facts.nDates, { warn, kind: 'dates', isKept: true })
  return textType(facts, 0.9)
}

const CODE_NAME = /(^|[_\W])(zip|zip_?code|postal|postal_?code|post_?code|postcode|plz|npi|ssn|phone|fax)$/i

/** Numbers and dates that are written in another way than Assay's own; counted in all rows before it is said. */
async function inferWritten(
  session: Session,
  { facts, landed, warn }: { facts: ColumnFacts; landed: Landed; warn: Warn },
): Promise<InferredType | undefined> {
  const number = guessNumberFormat(facts.top)
  if (number && number.share >= MIXED) {
    const sql = (present: string) => numberSql(present, number.format)
    const [nRead, nWhole] = await countRead(session, { landed, facts, sql, whole: true })
    if (nRead >= facts.nPresent * ENOUGH) {
      tellNumberFormat(facts, number, warn)
      tellMixed(facts, nRead, { warn, kind: `numbers written like ${number.format}` })
      return {
        ...numberType(facts, { nRead, nWhole }),
        format: number.format,
        ...(number.rival ? { confidence: 0.5 } : {}),
      }
    }
  }
  const date = await guessDateFormat(session, facts.top)
  if (!date) return undefined
  const sql = (present: string) => (date.type === 'date' ? dateSql : timestampSql)(present, date.format)
  const [nRead] = await countRead(session, { landed, facts, sql, whole: false })
  if (nRead < facts.nPresent * ENOUGH) {
    tellMixed(facts, nRead, { warn, kind: `dates written like ${date.format}`, isKept: true })
    return undefined
  }
  tellDateOrder(facts, date, warn)
  tellMixed(facts, nRead, { warn, kind: `dates written like ${date.format}` })
  const confidence = date.rival ? 0.5 : sure(facts, nRead / facts.nPresent)
  return { type: date.type, format: date.format, confidence }
}

async function countRead(
  { rows }: Session,
  {
    landed,
    facts,
    sql,
    whole,
  }: { landed: Landed; facts: ColumnFacts; sql: (present: string) => string; whole: boolean },
): Promise<[nRead: number, nWhole: number]> {
  const column = landed.columns.find(({ name }) => name === facts.name)!
  const isWhole = whole ? 'count_if(coalesce(value = trunc(value), false))' : '0'
  const [{ read, n }] = await rows<{ read: number; n: number }>(
    `select count(value) as read, ${isWhole} as n from (select ${sql('present')} as value
       from (select ${presentOf(column)} as present from ${parquet(landed.path, [identifier(facts.name)])}))`,
  )
  return [read, n]
}

function tellNumberFormat({ name }: ColumnFacts, { format, rival }: GuessedNumberFormat, warn: Warn): void {
  const doubt = rival ? ` It could as well be ${rival}: look at the contract.` : ''
  warn('NUMBER_FORMAT', `${name} is written like ${format} and is read so.${doubt}`)
}

function tellDateOrder({ name }: ColumnFacts, { format, rival }: GuessedDateFormat, warn: Warn): void {
  if (rival)
    warn(
      'DATE_ORDER_AMBIGUOUS',
      `${name} is read as ${format}, and ${rival} would do as well: no day is above 12. Look at the contract.`,
    )
}

function tellMixed(
  { name, nPresent }: ColumnFacts,
  nRead: number,
  { warn, kind, isKept = false }: { warn: Warn; kind: string; isKept?: boolean },
): void {
  if (nRead === nPresent) return
  const n = nPresent - nRead
  const outcome = isKept ? 'It stays text.' : 'They will be in quarantine.'
  warn('MIXED_TYPES', `${name} holds ${kind} but for ${n} of ${nPresent} values. ${outcome}`)
}

/** The least is 0 where nothing is below; a largest amount of this file is no bound for the next one. */
function numberType(facts: ColumnFacts, { nRead, nWhole }: { nRead: number; nWhole: number }): InferredType {
  return {
    type: nWhole === nRead ? 'integer' : 'number',
    confidence: sure(facts, nRead / facts.nPresent),
    ...(facts.min !== null && facts.min >= 0 ? { min: 0 } : {}),
  }
}

function textType(facts: ColumnFacts, confidence: number): InferredType {
  const isCategory =
    facts.nRows < 20 || facts.nDistinct <= Math.min(MAX_CATEGORIES, facts.nPresent * MAX_CATEGORY_SHARE)
  if (!isCategory) return { type: 'string', confidence: sure(facts, confidence) }
  const isListed = facts.isTopComplete && facts.nDistinct <= MAX_LISTED_VALUES
  return {
    type: 'category',
    confidence: sure(facts, confidence),
    ...(isListed ? { values: facts.top.map(({ text }) => text).sort() } : {}),
  }
}

function typeOfLanded(facts: ColumnFacts): InferredType {
  if (facts.nPresent === 0) return { type: facts.landed === 'text' ? 'string' : facts.landed, confidence: 0 }
  if (facts.landed === 'number' || facts.landed === 'integer')
    return { ...numberType(facts, { nRead: facts.nPresent, nWhole: facts.nWhole }), confidence: 1 }
  return { type: facts.landed === 'text' ? 'string' : facts.landed, confidence: 1 }
}

const sure = ({ nPresent }: ColumnFacts, share: number) =>
  Math.round(share * (nPresent >= FEW_VALUES ? 1 : 0.8) * 100) / 100
