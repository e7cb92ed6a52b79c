import { AssayError } from '../../errors/index.ts'
import { kindOfName, postcodeAreaSql } from '../../privacy/index.ts'
import { identifier, literal } from '../sql/literal.ts'
import { openSession, type Session } from '../sql/session.ts'

export type AnonymityRequest = {
  /** columns that together may single out a person: age, sex, postcode */
  quasiIdentifiers: string[]
  /** column whose value must not be learned from them */
  sensitive?: string
  /** class size that is wanted */
  k: number
}

/** How well rows hide among rows that look the same. Counts only: a small class names a person by its values. */
export type AnonymityReport = {
  nRows: number
  /** distinct combinations of the quasi-identifiers; missing is a value of its own */
  nClasses: number
  /** size of the smallest class; 0 without rows */
  k: number
  /** classes smaller than the wanted k, and the rows in them */
  nClassesBelow: number
  nRowsBelow: number
  /** smallest number of distinct sensitive values in a class; null without a sensitive column */
  l: number | null
  /** largest distance (half the sum of differences) of a class' sensitive values from those of all rows, 0..1 */
  t: number | null
  /** what one change to one column would do, the most helpful first */
  remedies: Remedy[]
}

export type Remedy = {
  column: string
  change: string
  k: number
  nClassesBelow: number
  nRowsBelow: number
}

type Column = { name: string; type: string }

/**
 * k-anonymity, l-diversity (distinct) and t-closeness (equal distances between values) of a Parquet file, and for each quasi-identifier
 * what a coarser one would bring: dates to years, numbers to ten bands, postcodes to three places, or leaving it out.
 *
 * Sources: Sweeney (2002), k-anonymity; Machanavajjhala et al. (2007), l-diversity; Li et al. (2007), t-closeness.
 * @param directory exists; for what does not fit into memory
 * @throws COLUMN_UNKNOWN for a column that the file does not have
 */
export async function measureAnonymity(
  path: string,
  request: AnonymityRequest,
  directory: string,
): Promise<AnonymityReport> {
  const session = await openSession({ reads: [path], directory })
  try {
    const from = `read_parquet(${literal(path)})`
    const columns = await session.rows<Column>(
      `select column_name as name, column_type as type from (describe select * from ${from})`,
    )
    const quasi = request.quasiIdentifiers.map((name) => columnNamed(columns, name))
    const keys = quasi.map(({ name }) => identifier(name))
    const classes = await countClasses(session, { from, keys, k: request.k })
    const sensitive = request.sensitive && identifier(columnNamed(columns, request.sensitive).name)
    const diversity = sensitive ? await measureDiversity(session, { from, keys, sensitive }) : { l: null, t: null }
    const remedies: Remedy[] = []
    for (const [i, column] of quasi.entries())
      for (const { change, sql } of changesOf(column, from)) {
        const changed = keys.toSpliced(i, 1, ...(sql === null ? [] : [sql]))
        const { k, nClassesBelow, nRowsBelow } = await countClasses(session, { from, keys: changed, k: request.k })
        if (nRowsBelow < classes.nRowsBelow)
          remedies.push({ column: column.name, change, k, nClassesBelow, nRowsBelow })
      }
    remedies.sort((a, b) => a.nRowsBelow - b.nRowsBelow)
    return { ...classes, ...diversity, remedies }
  } finally {
    session.close()
  }
}

function columnNamed(columns: Column[], name: string): Column {
  const found = columns.find((column) => column.name === name)
  if (found) return found
  const known = columns.filter((column) => column.name !== '_source_row').map((column) => column.name)
  throw new AssayError('COLUMN_UNKNOWN', { column: name, columns: known.join(', ') })
}

type Classes = Pick<AnonymityReport, 'nRows' | 'nClasses' | 'k' | 'nClassesBelow' | 'nRowsBelow'>

async function countClasses(
  session: Session,
  { from, keys, k }: { from: string; keys: string[]; k: number },
): Promise<Classes> {
  const [counts] = await session.rows<Classes>(
    `select coalesce(sum(n), 0)::bigint as "nRows", count(*) as "nClasses", coalesce(min(n), 0) as k,
       count(*) filter (where n < ${k}) as "nClassesBelow", coalesce(sum(n) filter (where n < ${k}), 0)::bigint as "nRowsBelow"
     from (select count(*) as n from ${from} group by ${groups(keys)} having count(*) > 0)`,
  )
  return counts
}

async function measureDiversity(
  session: Session,
  { from, keys, sensitive }: { from: string; keys: string[]; sensitive: string },
): Promise<{ l: number; t: number }> {
  const classed = `(select ${keys.map((key, i) => `${key} as k${i}`).join(', ')}, ${sensitive} as s, count(*) as n from ${from}
    group by ${groups([...keys, sensitive])})`
  const by = keys.map((_, i) => `k${i}`).join(', ')
  const [measured] = await session.rows<{ l: number; t: number }>(
    `with cells as (select *, sum(n) over (partition by ${by}) as size from ${classed}),
       overall as (select s, sum(n) / sum(sum(n)) over () as share from cells group by s),
       classes as (
         select ${by}, count(*) as l,
           (sum(abs(n / size - o.share)) + 1 - sum(o.share)) / 2 as t
         from cells join overall o on cells.s is not distinct from o.s group by ${by})
     select coalesce(min(l), 0) as l, coalesce(max(t), 0)::double as t from classes`,
  )
  return measured
}

/** Without keys all rows are one class. */
const groups = (keys: string[]) => (keys.length === 0 ? '()' : keys.join(', '))

const NUMBER = /^(DOUBLE|FLOAT|DECIMAL|U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)/
const N_BANDS = 10

/** Coarser forms of a column: `sql` null leaves it out. */
function changesOf({ name, type }: Column, from: string): { change: string; sql: string | null }[] {
  const column = identifier(name)
  const changes: { change: string; sql: string | null }[] = [{ change: 'leave it out', sql: null }]
  if (/^(DATE|TIMESTAMP)/.test(type)) changes.push({ change: 'dates to years', sql: `year(${column})` })
  else if (kindOfName(name) === 'postcode')
    changes.push({ change: 'postcodes to three places', sql: postcodeAreaSql(textOfPostcode(column, type)) })
  else if (NUMBER.test(type)) {
    const least = `(select min(${column}) from ${from})`
    const width = `nullif((select max(${column}) from ${from}) - ${least}, 0)`
    changes.push({
      change: `numbers to ${N_BANDS} bands of one width`,
      sql: `least(floor(${N_BANDS} * (${column} - ${least}) / ${width}), ${N_BANDS - 1})`,
    })
  }
  return changes
}

const textOfPostcode = (column: string, type: string) => (/^(DOUBLE|FLOAT)/.test(type) ? `${column}::bigint` : column)
