import { literal } from '../sql/literal.ts'
import type { Session } from '../sql/session.ts'

const DAYS = [
  '%m/%d/%Y',
  '%d/%m/%Y',
  '%d.%m.%Y',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%d %b %Y',
  '%d %B %Y',
  '%b %d, %Y',
  '%B %d, %Y',
  '%b %d %Y',
  '%d-%b-%Y',
  '%d-%b-%y',
  '%d %b %y',
  '%m/%d/%y',
  '%d/%m/%y',
  '%d.%m.%y',
]
const TIMES = ['', ' %H:%M', ' %H:%M:%S', ' %I:%M %p', ' %I:%M:%S %p']
/** Day and month in one order and the other. */
const ORDERS = new Map([
  ['%m/%d/%Y', '%d/%m/%Y'],
  ['%m-%d-%Y', '%d-%m-%Y'],
  ['%m/%d/%y', '%d/%m/%y'],
])

export type GuessedDateFormat = {
  format: string
  type: 'date' | 'timestamp'
  share: number
  /** the same texts in the other order of day and month */
  rival?: string
}

type Counted = { text: string; count: number }

/** How dates that are not ISO are written; undefined where no format reads half of them. DuckDB judges: it is what will read them. */
export async function guessDateFormat(
  { rows }: Session,
  values: readonly Counted[],
): Promise<GuessedDateFormat | undefined> {
  if (!values.some(({ text }) => /\d/.test(text) && text.length >= 6)) return undefined
  const formats = DAYS.flatMap((day) => TIMES.map((time) => day + time))
  // A year of two digits is not one of the year 14.
  const counts = formats.map(
    (format, i) => `sum(case when year(try_strptime(text, ${literal(format)})) >= 1000 then n else 0 end) as f${i}`,
  )
  const given = values.map(({ text, count }) => `(${literal(text)}, ${count})`).join(', ')
  const [read] = await rows<Record<`f${number}`, number>>(
    `select ${counts.join(', ')} from (values ${given}) as given(text, n)`,
  )
  const total = values.reduce((sum, { count }) => sum + count, 0)
  const shareOf = (format: string) => Number(read[`f${formats.indexOf(format)}`]) / total
  const best = formats.reduce((found, format) => (shareOf(format) > shareOf(found) ? format : found))
  if (shareOf(best) < 0.5) return undefined
  const [day, ...time] = best.split(' %H')[0] === best ? best.split(' %I') : best.split(' %H')
  const other = ORDERS.get(day)
  const rival = other && best.replace(day, other)
  return {
    format: best,
    type: time.length > 0 ? 'timestamp' : 'date',
    share: shareOf(best),
    ...(rival && shareOf(rival) === shareOf(best) ? { rival } : {}),
  }
}
