import type { Landed, LandedType } from '../landed.ts'
import { identifier, isOneOf, parquet } from '../sql/literal.ts'
import type { Session } from '../sql/session.ts'
import { presentSql, textSql } from '../validation/typed-sql.ts'
import { dateSql, numberSql, timestampSql } from '../contract/value-formats.ts'
import { placeholders } from './placeholders.ts'

/** What all rows of a column say about it. "Present" is what is neither empty nor a placeholder for missing. */
export type ColumnFacts = {
  name: string
  landed: LandedType
  nRows: number
  nPresent: number
  /** the placeholders that occur, as written, and in how many rows */
  placeholders: string[]
  nPlaceholders: number
  /** exact up to `EXACT_DISTINCT`, else an estimate */
  nDistinct: number
  /** every present value occurs once */
  isUnique: boolean
  /** of texts: how many are plain numbers, whole ones, digits after a leading zero, longer than a double holds */
  nNumbers: number
  nWhole: number
  nLeadingZero: number
  nLong: number
  /** of texts: ISO dates, of these with a time of day, and true or false */
  nDates: number
  nTimes: number
  nBooleans: number
  /** of plain numbers */
  min: number | null
  /** the most frequent present values as texts, at most `MAX_TOP`; of a sample where there are very many */
  top: { text: string; count: number }[]
  isTopComplete: boolean
}

const EXACT_DISTINCT = 10_000
export const MAX_TOP = 1_000
const SAMPLE_ROWS = 5_000
const COLUMNS_A_QUERY = 100
/** An estimate of the number of distinct values may be a quarter off: 20,000 running numbers are taken for 15,676 (DuckDB 1.5). */
const MAYBE_UNIQUE = 0.7

/** Facts of all columns, in their order: a scan over each hundred of them, and one over each column for its values. */
export async function gatherFacts(session: Session, landed: Landed): Promise<ColumnFacts[]> {
  const facts: ColumnFacts[] = []
  for (let from = 0; from < landed.columns.length; from += COLUMNS_A_QUERY)
    facts.push(...(await countColumns(session, landed, landed.columns.slice(from, from + COLUMNS_A_QUERY))))
  for (const column of facts) await lookAtValues(session, landed, column)
  return facts
}

type Column = Landed['columns'][number]

/** The present value of a landed column as SQL, with placeholders taken for missing where it is text. */
export const presentOf = ({ name, type }: Column): string =>
  presentSql(identifier(name), type, type === 'text' ? placeholders : [])

/** The placeholder that a value is, null for other values. */
const heldPlace = ({ name, type }: Column): string =>
  type === 'text'
    ? `case when ${isOneOf(`lower(trim(${identifier(name)}))`, placeholders)} then trim(${identifier(name)}) end`
    : 'null::varchar'

async function countColumns({ rows }: Session, landed: Landed, columns: Column[]): Promise<ColumnFacts[]> {
  const present = columns.map((column, i) => `${presentOf(column)} as "§p${i}"`)
  const held = columns.map((column, i) => `${heldPlace(column)} as "§h${i}"`)
  const counts = columns.map(({ type }, i) => `{ ${countsOf(type, `"§p${i}"`, `"§h${i}"`).join(', ')} } as c${i}`)
  const source = parquet(
    landed.path,
    columns.map(({ name }) => identifier(name)),
  )
  const [counted] = await rows<Record<`c${number}`, Counted>>(
    `select ${counts.join(', ')} from (select ${[...present, ...held].join(', ')} from ${source})`,
  )
  return columns.map(({ name, type }, i) => {
    return {
      name,
      landed: type,
      nRows: landed.nRows,
      placeholders: [],
      isUnique: false,
      top: [],
      isTopComplete: false,
      ...counted[`c${i}`],
    }
  })
}

type Counted = Omit<ColumnFacts, 'name' | 'landed' | 'nRows' | 'isUnique' | 'top' | 'isTopComplete' | 'placeholders'>

function countsOf(type: LandedType, present: string, held: string): string[] {
  const number =
    type === 'text' ? numberSql(present) : type === 'number' || type === 'integer' ? present : 'null::double'
  const ofTexts = {
    nLeadingZero: `regexp_matches(${present}, '^0\\d')`,
    nLong: `regexp_matches(${present}, '^[+-]?\\d{16,}$')`,
    nDates: `${dateSql(present)} is not null`,
    nTimes: `regexp_matches(${present}, ':\\d\\d') and ${timestampSql(present)} is not null`,
    nBooleans: `lower(${present}) in ('true', 'false')`,
  }
  return [
    `"nPresent": count(${present})`,
    `"nPlaceholders": count(${held})`,
    `"nDistinct": approx_count_distinct(${present})`,
    `"nNumbers": count(${number})`,
    `"nWhole": count_if(coalesce((${number}) = trunc(${number}), false))`,
    `"min": min(${number})::double`,
    ...Object.entries(ofTexts).map(
      ([key, sql]) => `"${key}": ${type === 'text' ? `count_if(coalesce(${sql}, false))` : '0'}`,
    ),
  ]
}

/** Puts in what the values themselves tell: how many there are, whether they repeat, which are frequent. */
async function lookAtValues({ rows }: Session, landed: Landed, facts: ColumnFacts): Promise<void> {
  const column = landed.columns.find(({ name }) => name === facts.name)!
  const text = textSql(presentOf(column), column.type)
  const source = parquet(landed.path, [identifier(facts.name)])
  const values = `(select ${text} as text from ${source})`
  if (facts.nPlaceholders > 0)
    facts.placeholders = (
      await rows<{ text: string }>(
        `select distinct ${heldPlace(column)} as text from ${source} where text is not null order by text`,
      )
    ).map((row) => row.text)
  if (facts.nDistinct > EXACT_DISTINCT) {
    facts.top = await rows(
      `select text, count(*) as count from (from ${values} using sample reservoir(${SAMPLE_ROWS} rows) repeatable (1))
       where text is not null group by text order by count desc, text limit ${MAX_TOP}`,
    )
    if (facts.nDistinct < facts.nPresent * MAYBE_UNIQUE) return
    // Counted by 64-bit hashes, which take an eighth of the memory: of 10 million values two share one in 3 of a million files.
    const [{ n }] = await rows<{ n: number }>(
      `select count(distinct hash(text)) as n from ${values} where text is not null`,
    )
    facts.nDistinct = n
    facts.isUnique = n === facts.nPresent
    return
  }
  const top = await rows<ColumnFacts['top'][number] & { nDistinct: number }>(
    `select text, count(*) as count, count(*) over () as "nDistinct" from ${values}
     where text is not null group by text order by count desc, text limit ${MAX_TOP}`,
  )
  facts.top = top.map(({ text: value, count }) => ({ text: value, count }))
  facts.nDistinct = top[0]?.nDistinct ?? 0
  facts.isTopComplete = facts.nDistinct <= MAX_TOP
  facts.isUnique = facts.nDistinct === facts.nPresent && facts.nPresent > 0
}
