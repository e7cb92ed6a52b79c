import { partitionedTables, type Db, type Tx } from '../platform/index.ts'
import { findChampion, listModels } from '../registry/index.ts'
import { readCounts, type ServingHealth } from '../serving/index.ts'
import type { DriftStatus } from './drift.ts'

export type Severity = 'critical' | 'high' | 'medium' | 'low'

/** Something a person should look at: what happened and where to go. The link is a path of the user interface. */
export type AttentionItem = { severity: Severity; text: string; link: string }

export type AttentionOptions = {
  now?: Date
  /** of the serving process that asks, if it serves */
  health?: ServingHealth
  /** models to look at; all when left out */
  models?: string[]
}

const HOUR_MS = 3_600_000
/** Requests in the last hour below which a share of errors says nothing. */
const MIN_REQUESTS = 20
const CRITICAL_ERROR_SHARE = 0.05
const SLOW_P95_MS = 500
const FULL_LOG = 0.8
const SEVERITY_OF_DRIFT: Partial<Record<DriftStatus, Severity>> = {
  watch: 'medium',
  retrain: 'high',
  critical: 'critical',
}
const ORDER: Severity[] = ['critical', 'high', 'medium', 'low']

/** What monitoring knows to be wrong now, worst first. Empty when all is well. */
export async function attention(db: Db | Tx, options: AttentionOptions = {}): Promise<AttentionItem[]> {
  const { now = new Date(), health } = options
  const items: AttentionItem[] = []
  for (const model of options.models ?? (await listModels(db)).map(({ name }) => name))
    items.push(...(await aboutModel(db, model, now)))
  if (health) items.push(...aboutServing(health))
  items.push(...(await aboutPartitions(db)))
  return items.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity))
}

async function aboutModel(db: Db | Tx, model: string, now: Date): Promise<AttentionItem[]> {
  const champion = await findChampion(db, model)
  const link = `/models/${model}`
  if (!champion) return [{ severity: 'high', text: `No version of ${model} is in production.`, link }]
  const about = { model, version: champion.version }
  return [...(await aboutDrift(db, about)), ...(await aboutTraffic(db, about, now))]
}

type Version = { model: string; version: string }
const linkTo = ({ model, version }: Version) => `/models/${model}/${version}`

async function aboutDrift(db: Db | Tx, about: Version): Promise<AttentionItem[]> {
  const { rows } = await db.$client.query(
    'select status, changed_at as "changedAt" from drift_statuses where model = $1 and version = $2',
    [about.model, about.version],
  )
  const severity = rows[0] && SEVERITY_OF_DRIFT[rows[0].status as DriftStatus]
  if (!severity) return []
  const since = rows[0].changedAt.toISOString().slice(0, 16).replace('T', ' ')
  const text = `Claims for ${about.model} ${about.version} have drifted from what it learned (${rows[0].status}, since ${since} UTC).`
  return [{ severity, text, link: linkTo(about) }]
}

async function aboutTraffic(db: Db | Tx, about: Version, now: Date): Promise<AttentionItem[]> {
  const { model, version } = about
  const counts = await readCounts(db, {
    model,
    since: new Date(now.getTime() - HOUR_MS),
    until: new Date(now.getTime() + 1),
  })
  const counted = counts.find((row) => row.version === version && row.variant === 'champion')
  if (!counted) return []
  const { nErrors, nAnswers, p95Ms } = counted
  const items: AttentionItem[] = []
  const share = nErrors / Math.max(1, nErrors + nAnswers)
  if (nErrors + nAnswers >= MIN_REQUESTS && share > CRITICAL_ERROR_SHARE) {
    const text = `${(100 * share).toFixed(1)} % of the requests to ${model} ${version} failed in the last hour.`
    items.push({ severity: 'critical', text, link: linkTo(about) })
  }
  if (p95Ms !== null && p95Ms > SLOW_P95_MS) {
    const text = `One in twenty answers of ${model} ${version} took more than ${Math.round(p95Ms)} ms in the last hour.`
    items.push({ severity: 'high', text, link: linkTo(about) })
  }
  return items
}

function aboutServing({ faults, logFill }: ServingHealth): AttentionItem[] {
  const items = faults.map((fault): AttentionItem => {
    const text = `${fault.model} ${fault.version} cannot be served as ${fault.role}: ${fault.message}`
    return { severity: fault.role === 'champion' ? 'critical' : 'high', text, link: linkTo(fault) }
  })
  if (logFill >= FULL_LOG) {
    const text = `The buffer of the prediction log is ${Math.round(100 * logFill)} % full; when it is full, requests are refused.`
    items.push({ severity: 'critical', text, link: '/' })
  }
  return items
}

/** Rows in a default partition came in while the partition of their time did not exist: whoever makes partitions stands still. */
async function aboutPartitions(db: Db | Tx): Promise<AttentionItem[]> {
  const items: AttentionItem[] = []
  for (const { table } of partitionedTables) {
    const { rows } = await db.$client.query(`select exists (select from ${table}_default) as "hasRows"`)
    if (!rows[0].hasRows) continue
    const text = `Table ${table} writes to its default partition: the partitions of these days were not made in time.`
    items.push({ severity: 'medium', text, link: '/' })
  }
  return items
}
