import type { Contract, ContractColumn } from '../contract/contract.ts'
import { identifier, literal } from '../sql/literal.ts'
import { openSession, type Session } from '../sql/session.ts'
import { SOURCE_ROW, storedColumns, type StoredColumn } from '../sql/stored-columns.ts'
import { edgeAt, histogramEdges } from './histogram-edges.ts'
import type { ColumnProfile, DatasetProfile } from './profile.ts'

/** Up to so many rows quantiles and distinct values are exact: they need all values of a column in memory. */
const EXACT_ROWS = 1_000_000
const QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
const MAX_TOP = 20
/** More distinct values than this are no frequent ones. */
const MAX_DISTINCT_FOR_TOP = 100_000

export type ProfileOptions = {
  /** for what does not fit into memory */
  directory: string
  memoryLimitBytes?: number
  progress?: (done: number, total: number, text: string) => void
}

/** Profiles a dataset's Parquet file, a column at a time, in bounded memory: see `DatasetProfile` for what and how exactly. */
export async function profileDataset(
  path: string,
  contract: Contract,
  options: ProfileOptions,
): Promise<DatasetProfile> {
  const session = await openSession({ reads: [path], ...options })
  try {
    const [{ nRows }] = await session.rows<{ nRows: number }>(`select count(*) as "nRows" from ${fileOf(path)}`)
    const stored = (await storedColumns(session.duck, path)).filter(({ name }) => name !== SOURCE_ROW)
    const columns: ColumnProfile[] = []
    for (const column of stored) {
      options.progress?.(columns.length, stored.length, column.name)
      const rule = contract.columns.find(({ name }) => name === column.name)
      columns.push(await profileColumn(session, { path, column, rule, nRows }))
    }
    options.progress?.(stored.length, stored.length, 'profiled')
    return { nRows, columns }
  } finally {
    session.close()
  }
}

const fileOf = (path: string) => `read_parquet(${literal(path)})`

type Target = { path: string; column: StoredColumn; rule: ContractColumn | undefined; nRows: number }

async function profileColumn(session: Session, target: Target): Promise<ColumnProfile> {
  const { path, column, rule, nRows } = target
  const name = identifier(column.name)
  const isExact = nRows <= EXACT_ROWS
  const distinct = isExact ? `count(distinct ${name})` : `approx_count_distinct(${name})`
  const [{ n, nDistinct }] = await session.rows<{ n: number; nDistinct: number }>(
    `select count(${name}) as n, ${distinct} as "nDistinct" from ${fileOf(path)}`,
  )
  const profile: ColumnProfile = {
    name: column.name,
    type: typeOf(column, rule),
    nRows,
    nMissing: nRows - n,
    nDistinct,
    isDistinctExact: isExact,
    min: null,
    max: null,
    mean: null,
    standardDeviation: null,
    quantiles: [],
    areQuantilesExact: isExact,
    histogram: [],
    topValues: [],
  }
  if (n === 0) return profile
  if (column.format) return { ...profile, ...(await profileDates(session, target)) }
  if (column.kind === 'number') return { ...profile, ...(await profileNumbers(session, target)) }
  const isKey = rule?.role === 'id' || rule?.role === 'subject' || nDistinct > MAX_DISTINCT_FOR_TOP
  if (isKey || rule?.pii !== undefined) return profile
  const topValues = await session.rows<{ value: string; n: number }>(
    `select ${name}::varchar as value, count(*) as n from ${fileOf(path)} where ${name} is not null
     group by value order by n desc, value limit ${MAX_TOP}`,
  )
  return { ...profile, topValues }
}

/** The contract's, unless a policy has made a text of a number or a year of a date. */
function typeOf({ type, kind, format }: StoredColumn, rule: ContractColumn | undefined): ColumnProfile['type'] {
  if (format) return format
  if (kind === 'number') return type === 'BIGINT' ? 'integer' : 'number'
  if (type === 'BOOLEAN') return 'boolean'
  return rule?.type === 'category' || rule?.policy === 'generalise' ? 'category' : 'string'
}

async function profileNumbers({ rows }: Session, { path, column, nRows }: Target): Promise<Partial<ColumnProfile>> {
  const value = `${identifier(column.name)}::double`
  const isExact = nRows <= EXACT_ROWS
  const quantile = isExact ? 'quantile_cont' : 'approx_quantile'
  const [found] = await rows<{
    min: number
    max: number
    mean: number
    standardDeviation: number | null
    q: number[]
    isWhole: boolean
  }>(
    `select min(x) as min, max(x) as max, avg(x) as mean, stddev_samp(x) as "standardDeviation", bool_and(x = trunc(x)) as "isWhole",
       ${quantile}(x, [${QUANTILES.join(', ')}]) as q
     from (select ${value} as x from ${fileOf(path)}) where x is not null`,
  )
  const { q, isWhole, ...numbers } = found
  const edges = histogramEdges(q[0], q[q.length - 1], isWhole)
  const slot =
    edges.step === 0 ? '0' : `least(greatest(floor((x - ${edges.first}) / ${edges.step}), 0), ${edges.nBins - 1})::int`
  const counts = await rows<{ bin: number; n: number }>(
    `select ${slot} as bin, count(*) as n from (select ${value} as x from ${fileOf(path)}) where x is not null group by bin`,
  )
  const nOf = new Map(counts.map(({ bin, n }) => [bin, n]))
  const histogram = Array.from({ length: edges.nBins }, (_, bin) => ({
    from: bin === 0 ? Math.min(numbers.min, edges.first) : edgeAt(edges, bin),
    to: bin === edges.nBins - 1 ? Math.max(numbers.max, edgeAt(edges, bin + 1)) : edgeAt(edges, bin + 1),
    n: nOf.get(bin) ?? 0,
  }))
  const quantiles = QUANTILES.map((p, i) => ({ p, value: q[i] }))
  return { ...numbers, quantiles, histogram }
}

const PERIODS = [
  { period: 'day', days: 1 },
  { period: 'week', days: 7 },
  { period: 'month', days: 31 },
  { period: 'quarter', days: 92 },
  { period: 'year', days: 366 },
  { period: 'decade', days: 3_660 },
] as const
const MAX_PERIODS = 60

async function profileDates({ rows }: Session, { path, column }: Target): Promise<Partial<ColumnProfile>> {
  const name = identifier(column.name)
  const source = `(select ${name}::timestamp as t from ${fileOf(path)}) where t is not null`
  const [{ min, max, days }] = await rows<{ min: string; max: string; days: number }>(
    `select min(t)::varchar as min, max(t)::varchar as max, date_diff('day', min(t), max(t)) as days from ${source}`,
  )
  const { period } = PERIODS.find((candidate) => days / candidate.days < MAX_PERIODS) ?? PERIODS[PERIODS.length - 1]
  const day = (date: string) => `date_diff('day', date '1970-01-01', ${date})`
  const histogram = await rows<ColumnProfile['histogram'][number]>(
    `select ${day('start')} as "from", ${day(`(start + interval 1 ${period})::date`)} as "to", count(*) as n
     from (select date_trunc('${period}', t)::date as start from ${source}) group by start order by start`,
  )
  const iso = (text: string) => (column.format === 'date' ? text.slice(0, 10) : `${text.replace(' ', 'T')}Z`)
  return { min: iso(min), max: iso(max), period, histogram }
}
