import { buildDriftFeatures, nSlots, type Bins, type DriftInput } from '../../stats/index.ts'
import type { Contract } from '../contract/contract.ts'
import type { DatasetDiff } from '../schemas.ts'
import { identifier, literal } from '../sql/literal.ts'
import { openSession, type Session } from '../sql/session.ts'
import { SOURCE_ROW, storedColumns, type StoredColumn } from '../sql/stored-columns.ts'

const N_BINS = 10
const MAX_LEVELS = 50
/** A column of more texts has no distribution to compare. */
const MAX_DISTINCT = 10_000

type Pair = { from: string; to: string; common: StoredColumn[] }

/**
 * What changed from one version's Parquet file to another's, out of core: columns, rows and how each column is spread (PSI over the
 * deciles or the 50 most frequent values of the first). Rows are told by their id where the contract has one that is unique in both:
 * added, removed, changed; else by their content, so that a changed row is one removed and one added. Content is compared by 64-bit
 * hashes over the columns that both have. Columns of personal data, ids and subjects have no distribution.
 * @param contract of the later version
 */
export async function diffDatasets(
  { from, to }: { from: string; to: string },
  contract: Contract,
  { directory }: { directory: string },
): Promise<DatasetDiff> {
  const session = await openSession({ reads: [from, to], directory })
  try {
    const before = (await storedColumns(session.duck, from)).filter(({ name }) => name !== SOURCE_ROW)
    const after = (await storedColumns(session.duck, to)).filter(({ name }) => name !== SOURCE_ROW)
    const typeOf = new Map(before.map(({ name, type }) => [name, type]))
    const common = after.filter(({ name, type }) => typeOf.get(name) === type)
    const pair = { from, to, common }
    return {
      columns: {
        added: after.filter(({ name }) => !typeOf.has(name)).map(({ name }) => name),
        removed: before.filter(({ name }) => !after.some((column) => column.name === name)).map(({ name }) => name),
        changed: after.flatMap(({ name, type }) => {
          const was = typeOf.get(name)
          return was === undefined || was === type ? [] : [{ name, from: was.toLowerCase(), to: type.toLowerCase() }]
        }),
      },
      rows: await compareRows(session, pair, contract),
      distributions: await compareDistributions(session, pair, contract),
    }
  } finally {
    session.close()
  }
}

const fileOf = (path: string) => `read_parquet(${literal(path)})`

async function compareRows(
  { rows }: Session,
  { from, to, common }: Pair,
  contract: Contract,
): Promise<DatasetDiff['rows']> {
  const id = contract.columns.find(({ role }) => role === 'id')?.name
  const columns = common.map(({ name }) => identifier(name))
  const content = columns.length === 0 ? '0' : `hash(${columns.join(', ')})`
  if (id !== undefined && common.some(({ name }) => name === id)) {
    const key = identifier(id)
    const isKey = async (path: string) =>
      (await rows<{ ok: boolean }>(`select count(distinct ${key}) = count(*) as ok from ${fileOf(path)}`))[0].ok
    if ((await isKey(from)) && (await isKey(to))) {
      const side = (path: string) => `(select ${key} as k, ${content} as h from ${fileOf(path)})`
      const [counts] = await rows<{ added: number; removed: number; changed: number }>(
        `select count_if(a.h is null) as added, count_if(b.h is null) as removed, count_if(a.h <> b.h) as changed
         from ${side(from)} a full join ${side(to)} b on a.k = b.k`,
      )
      return counts
    }
  }
  const side = (path: string) => `(select ${content} as h, count(*) as n from ${fileOf(path)} group by h)`
  const [{ added, removed }] = await rows<{ added: number; removed: number }>(
    `select coalesce(sum(greatest(coalesce(b.n, 0) - coalesce(a.n, 0), 0)), 0)::bigint as added,
       coalesce(sum(greatest(coalesce(a.n, 0) - coalesce(b.n, 0), 0)), 0)::bigint as removed
     from ${side(from)} a full join ${side(to)} b on a.h = b.h`,
  )
  return { added, removed, changed: null }
}

async function compareDistributions(
  session: Session,
  pair: Pair,
  contract: Contract,
): Promise<DatasetDiff['distributions']> {
  const inputs: DriftInput[] = []
  for (const column of pair.common) {
    const rule = contract.columns.find(({ name }) => name === column.name)
    if (rule?.role === 'id' || rule?.role === 'subject' || rule?.pii !== undefined) continue
    const bins =
      column.kind === 'number'
        ? await decilesOf(session, pair.from, column)
        : await levelsOf(session, pair.from, column)
    if (!bins) continue
    const count = (path: string) => countInto(session, path, { column, bins })
    inputs.push({
      name: column.name,
      kind: bins.kind,
      bins,
      reference: await count(pair.from),
      current: await count(pair.to),
      importance: 1,
    })
  }
  return buildDriftFeatures(inputs).map(({ name, psi, bins }) => ({ name, psi, bins }))
}

/** A column as the number that its bins are made of; dates in days since 1970-01-01. */
const numberOf = ({ name, format }: StoredColumn) =>
  format ? `epoch(${identifier(name)}::timestamp) / 86400` : `${identifier(name)}::double`

async function decilesOf({ rows }: Session, path: string, column: StoredColumn): Promise<Bins> {
  const steps = Array.from({ length: N_BINS - 1 }, (_, i) => (i + 1) / N_BINS)
  const [{ edges }] = await rows<{ edges: number[] | null }>(
    `select approx_quantile(${numberOf(column)}, [${steps.join(', ')}]) as edges from ${fileOf(path)}`,
  )
  return { kind: 'number', edges: [...new Set(edges ?? [])] }
}

async function levelsOf({ rows }: Session, path: string, { name }: StoredColumn): Promise<Bins | undefined> {
  const text = `${identifier(name)}::varchar`
  const [{ n }] = await rows<{ n: number }>(`select approx_count_distinct(${text}) as n from ${fileOf(path)}`)
  if (n > MAX_DISTINCT) return undefined
  const levels = await rows<{ level: string }>(
    `select ${text} as level from ${fileOf(path)} where level is not null
     group by level order by count(*) desc, level limit ${MAX_LEVELS}`,
  )
  return { kind: 'category', levels: levels.map(({ level }) => level) }
}

/** The slots that `numberSlot` and the levels of `stats` have: missing last but one, and other values last. */
async function countInto(
  { rows }: Session,
  path: string,
  { column, bins }: { column: StoredColumn; bins: Bins },
): Promise<Float64Array> {
  const counts = new Float64Array(nSlots(bins))
  const missing = counts.length - 2
  const value = bins.kind === 'number' ? numberOf(column) : `${identifier(column.name)}::varchar`
  const slot =
    bins.kind === 'number'
      ? ['0', ...bins.edges.map((edge) => `(v > '${edge}'::double)::int`)].join(' + ')
      : `coalesce(list_position([${bins.levels.map(literal).join(', ')}]::varchar[], v) - 1, ${missing + 1})`
  const found = await rows<{ slot: number; n: number }>(
    `select case when v is null then ${missing} else ${slot} end as slot, count(*) as n
     from (select ${value} as v from ${fileOf(path)}) group by slot`,
  )
  for (const { slot: at, n } of found) counts[at] = n
  return counts
}
